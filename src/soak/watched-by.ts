import type { RunLine } from "../model/record.js";
import type { Load } from "../model/scenario.js";

/** Nobody paces an external load. */
export function watchedBy({ engine }: Load): RunLine["watched"] {
  if (engine?.kind !== "external") return undefined;
  return { unit: engine.count ? "operations" : "seconds" };
}
