import type { Pair } from "./suite.js";

/** One run of a night. */
export interface Due extends Pair {
  /** 1, 2, 3 … */
  readonly repeat: number;
}

/**
 * The runs of a night in their order: every pair once, then every pair again. Those that waited longest come first, so
 * that a budget which is too small for all leaves out others each night.
 * @param lastRunMs when a pair ran last, in milliseconds since the epoch; undefined = never
 */
export function inTurn(
  pairs: readonly Pair[],
  repeats: number,
  lastRunMs: (pair: Pair) => number | undefined,
): Due[] {
  const sorted = pairs
    .map((pair) => ({ pair, lastMs: lastRunMs(pair) ?? 0 }))
    .sort((a, b) => a.lastMs - b.lastMs)
    .map(({ pair }) => pair);
  return Array.from({ length: repeats }, (_, index) =>
    sorted.map((pair) => ({ ...pair, repeat: index + 1 })),
  ).flat();
}

export interface Budget {
  readonly budgetMs: number | undefined;
  readonly usedMs: number;
  /** What the next run is expected to take. */
  readonly nextMs: number;
  /** Nothing has run yet: one that is larger than the budget would else never run. */
  readonly isFirst: boolean;
}

/** Whether there is time for one more. */
export function fits({ budgetMs, usedMs, nextMs, isFirst }: Budget): boolean {
  return budgetMs === undefined || isFirst || usedMs + nextMs <= budgetMs;
}
