import type { Gap } from "../model/reading.js";
import type { Probe } from "./probe.js";

/** The threads of the target at an instant. */
export interface ThreadsSeen {
  /** Names, as many as were read. */
  readonly names: readonly string[];
  /** Threads that were counted only. */
  readonly unread: number;
  readonly gaps: readonly Gap[];
}

const maxTypes = 200;
const elsewhere = "other threads";

/**
 * Threads by name, for a runtime that nothing else looks into. How many there are, the snapshot tells by itself: this
 * tells which pool grew. Cost to the target: none, it is read from /proc.
 */
export function attachThreads(look: () => ThreadsSeen): Probe {
  const name = "threads";
  return {
    name,
    cost: "none: names of threads are read from /proc",
    connects: false,
    sample() {
      const { names, unread, gaps } = look();
      return Promise.resolve({ probe: name, tasksByType: countsByName(names, unread), gaps });
    },
    close: () => Promise.resolve(),
  };
}

/** `worker-12` and `worker-7` are of one pool, `worker-N`. The rarest names are counted together. */
export function countsByName(names: readonly string[], unread: number): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const pool = name.replaceAll(/\d+/g, "N").trim() || "a thread without a name";
    counts.set(pool, (counts.get(pool) ?? 0) + 1);
  }
  const pools = [...counts].sort(([, a], [, b]) => b - a);
  const rest = pools.splice(maxTypes).reduce((sum, [, count]) => sum + count, unread);
  return Object.fromEntries(rest > 0 ? [...pools, [elsewhere, rest] as const] : pools);
}
