import type { ProbeSample } from "../model/snapshot.js";
import { heldOnly } from "./in-flight.js";

/** What one look inside a Node process gives. */
export interface Look {
  /** process.memoryUsage(), in bytes; `external` includes array buffers. */
  readonly memory: { readonly heapUsed: number; readonly external: number };
  /** process.getActiveResourcesInfo(), counted by type there, so that the answer stays small. */
  readonly active: Readonly<Record<string, number>>;
  /** performance.eventLoopUtilization(); absent where the target has replaced `performance`. */
  readonly loop?: Loop | undefined;
}

/** How long the event loop has waited and worked since the start, in milliseconds. */
interface Loop {
  readonly idle: number;
  readonly busy: number;
}

/**
 * Evaluated in the target: leaves nothing behind but what the next collection takes. Neither `require` nor the heap statistics
 * of node:v8: after many calls of either, live memory swings by 200 KiB.
 */
export const lookExpression = `(() => {
  const { heapUsed, external } = process.memoryUsage();
  const active = {};
  for (const type of process.getActiveResourcesInfo()) active[type] = (active[type] ?? 0) + 1;
  let loop;
  try {
    const { idle, active: busy } = performance.eventLoopUtilization();
    loop = { idle, busy };
  } catch {}
  return { memory: { heapUsed, external }, active, loop };
})()`;

/** The value of a `Runtime.evaluate` answer, if it is a look; a target may have replaced `process`. */
export function readLook(answer: unknown): Look {
  const value = field(field(answer, "result"), "value");
  const memory = field(value, "memory");
  const [heapUsed, external] = [field(memory, "heapUsed"), field(memory, "external")];
  const active = field(value, "active");
  const sound = typeof heapUsed === "number" && typeof external === "number" && isCounts(active);
  if (!sound) throw new Error("the answer of the runtime is malformed");
  return { memory: { heapUsed, external }, active, loop: loopOf(field(value, "loop")) };
}

function loopOf(value: unknown): Loop | undefined {
  const [idle, busy] = [field(value, "idle"), field(value, "busy")];
  return Number.isFinite(idle) && Number.isFinite(busy)
    ? { idle: Number(idle), busy: Number(busy) }
    : undefined;
}

const unused: Loop = { idle: 0, busy: 0 };

/**
 * What a look tells beside what is held.
 * @param before the last look of the sample before: how busy the event loop was, 0 to 1, is counted from there
 * @param now the first look of this sample
 */
export function valuesOf(before: Look | undefined, now: Look): Readonly<Record<string, number>> | undefined {
  const [from, to] = [before?.loop ?? unused, now.loop ?? unused];
  const busy = to.busy - from.busy;
  const all = busy + to.idle - from.idle;
  return all > 0 ? { eventLoopUtilization: Math.round((1000 * busy) / all) / 1000 } : undefined;
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

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isCounts(value: unknown): value is Record<string, number> {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((count) => typeof count === "number" && Number.isFinite(count));
}
