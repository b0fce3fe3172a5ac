import type { Count, Engine } from "../model/engine.js";
import { time } from "./write-units.js";

export type External = Extract<Engine, { kind: "external" }>;

/** The fields of a load that say which engine makes it. */
export function engineFields(engine: Engine): object {
  if (engine.kind === "external") return { external: externalFields(engine) };
  const { command, count, withinMs } = engine;
  return { command, ...countFields(count), within: time(withinMs) };
}

export function externalFields({ count, slotMs }: External): object {
  return { metric: count && { url: count.url, name: count.name }, every: time(slotMs) };
}

function countFields(count: Count): object {
  if (count.from === "summary") return { engine: count.of };
  if (count.from === "output") return { count: { output: count.pattern } };
  return { count: { metric: { url: count.url, name: count.name } } };
}
