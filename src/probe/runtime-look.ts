import type { ProbeSample } from "../model/snapshot.js";
import { heldOnly } from "./in-flight.js";

/** What one look inside a Node process gives. */
export interface Look {
  /** process.memoryUsage(), in bytes; `external` includes array buffers. */
  readonly memory: { readonly heapUsed: number; readonly external: number };
  /** process.getActiveResourcesInfo(), counted by type there, so that the answer stays small. */
  readonly active: Readonly<Record<string, number>>;
  /** Absent before Node 20.16, and where the target has replaced `performance`. */
  readonly runtime?: Runtime | undefined;
}

interface Runtime {
  /** performance.eventLoopUtilization(): ms since the start that the event loop waited and worked. */
  readonly idle: number;
  readonly busy: number;
  /** v8.getHeapStatistics(): detached contexts that only rise are a leak of what lives in them. */
  readonly nativeContexts: number;
  readonly detachedContexts: number;
}

/**
 * Evaluated in the target: leaves nothing behind but what the next collections take. No `require`: each call of it by way
 * of the inspector is 200 KiB that go with the collection after the next.
 */
export const lookExpression = `(() => {
  const { heapUsed, external } = process.memoryUsage();
  const active = {};
  for (const type of process.getActiveResourcesInfo()) active[type] = (active[type] ?? 0) + 1;
  let runtime;
  try {
    const { idle, active: busy } = performance.eventLoopUtilization();
    const heap = process.getBuiltinModule("node:v8").getHeapStatistics();
    const [nativeContexts, detachedContexts] = [heap.number_of_native_contexts, heap.number_of_detached_contexts];
    runtime = { idle, busy, nativeContexts, detachedContexts };
  } catch {}
  return { memory: { heapUsed, external }, active, runtime };
})()`;

/** The value of a `Runtime.evaluate` answer, if it is a look; a target may have replaced `process`. */
export function readLook(answer: unknown): Look {
  const value = field(field(answer, "result"), "value");
  const memory = field(value, "memory");
  const [heapUsed, external] = [field(memory, "heapUsed"), field(memory, "external")];
  const active = field(value, "active");
  const sound = typeof heapUsed === "number" && typeof external === "number" && isCounts(active);
  if (!sound) throw new Error("the answer of the runtime is malformed");
  return { memory: { heapUsed, external }, active, runtime: runtimeOf(field(value, "runtime")) };
}

function runtimeOf(value: unknown): Runtime | undefined {
  const names = ["idle", "busy", "nativeContexts", "detachedContexts"];
  const [idle, busy, nativeContexts, detachedContexts] = names.map((name) => numberAt(value, name));
  if (idle === undefined || busy === undefined) return undefined;
  if (nativeContexts === undefined || detachedContexts === undefined) return undefined;
  return { idle, busy, nativeContexts, detachedContexts };
}

function numberAt(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/**
 * What a look tells beside what is held.
 * @param before the last look of the sample before: how busy the event loop was, 0 to 1, is counted from there
 * @param now the first look of this sample
 */
export function valuesOf(before: Look | undefined, now: Look): Readonly<Record<string, number>> | undefined {
  const { runtime } = now;
  if (!runtime) return undefined;
  const { nativeContexts, detachedContexts } = runtime;
  const busy = runtime.busy - (before?.runtime?.busy ?? 0);
  const idle = runtime.idle - (before?.runtime?.idle ?? 0);
  const share =
    busy + idle > 0 ? { eventLoopUtilization: Math.round((1000 * busy) / (busy + idle)) / 1000 } : {};
  return { ...share, nativeContexts, detachedContexts };
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
