import type { ProbeSample } from "../model/snapshot.js";
import { field } from "./field.js";
import { heldOnly } from "./in-flight.js";

/** What one look inside a Node process gives. */
export interface Look {
  /** process.memoryUsage(), in bytes; `external` includes array buffers. */
  readonly memory: { readonly heapUsed: number; readonly external: number };
  /** process.getActiveResourcesInfo(), counted by type there, so that the answer stays small. */
  readonly active: Readonly<Record<string, number>>;
}

/**
 * Evaluated in the target: leaves nothing behind but what the next collection takes. `require`, the heap statistics of
 * node:v8 and eventLoopUtilization() do not: after some hundred calls live memory was 200 to 270 KiB higher.
 */
export const lookExpression = `(() => {
  const { heapUsed, external } = process.memoryUsage();
  const active = {};
  for (const type of process.getActiveResourcesInfo()) active[type] = (active[type] ?? 0) + 1;
  return { memory: { heapUsed, external }, active };
})()`;

/** The value of a `Runtime.evaluate` answer, if it is a look; a target may have replaced `process`. */
export function readLook(answer: unknown): Look {
  const value = field(field(answer, "result"), "value");
  const memory = field(value, "memory");
  const [heapUsed, external] = [field(memory, "heapUsed"), field(memory, "external")];
  const active = field(value, "active");
  const sound = typeof heapUsed === "number" && typeof external === "number" && isCounts(active);
  if (!sound) throw new Error("the answer of the runtime is malformed");
  return { memory: { heapUsed, external }, active };
}

/** The floor of several looks: what is only passing by is not in all of them. */
export function floorOf(looks: readonly Look[]): Pick<ProbeSample, "tasks" | "tasksByType" | "liveBytes"> {
  const counted = looks.map(({ active }) => heldOnly(active));
  const lowest = counted.reduce((low, next) => (total(next) < total(low) ? next : low));
  return { tasks: total(lowest), tasksByType: lowest, liveBytes: Math.min(...looks.map(liveBytes)) };
}

export function liveBytes({ memory }: Look): number {
  return memory.heapUsed + memory.external;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function isCounts(value: unknown): value is Record<string, number> {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((count) => typeof count === "number" && Number.isFinite(count));
}
