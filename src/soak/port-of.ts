import type { Scenario } from "../model/scenario.js";
import { freePort } from "../target/port.js";

/**
 * A free port, for a target that is told one. Where none is told, the target takes the port that `target.url` names;
 * and an engine that runs elsewhere asks where it always asks.
 */
export async function portOf({ load, target }: Pick<Scenario, "load" | "target">): Promise<number> {
  const { command, env, ready, url } = target;
  const isTold = JSON.stringify([command, env, ready]).includes("{port}") || command[0] === "{gateway}";
  const isWritten = load.engine?.kind === "external" || !isTold;
  const written = isWritten ? /:(\d+)(\/|$)/.exec(url)?.[1] : undefined;
  return written === undefined ? freePort() : Number(written);
}
