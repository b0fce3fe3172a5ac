import type { Scenario } from "../model/scenario.js";
import { freePort } from "../target/port.js";

/** An engine that runs elsewhere asks where it always asks: there the target listens. Any other is told a free port. */
export async function portOf({ load, target }: Pick<Scenario, "load" | "target">): Promise<number> {
  const written = load.engine?.kind === "external" ? /:(\d+)(\/|$)/.exec(target.url)?.[1] : undefined;
  return written === undefined ? freePort() : Number(written);
}
