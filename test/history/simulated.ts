import type { HistoryEntry } from "../../src/model/history.js";
import type { CriterionVerdict, Rate } from "../../src/model/verdict.js";
import { entry } from "./sample-nights.js";

/** How a history is made up. Nights are counted from 1. */
export interface Making {
  readonly nights: number;
  readonly repeats: number;
  /** Nights that leak. */
  readonly leaks: (night: number) => boolean;
  /** Share of runs of a leaking target that fail; of the rest, half pass. */
  readonly seen: number;
  /** Share of runs of a clean target that fail, and of all runs that cannot tell. */
  readonly wrong: number;
  readonly undecided: number;
  /** Share of nights without any run. */
  readonly missing: number;
  /** What an operation leaves, in standard errors of a night; the rates are left out where it is not given. */
  readonly rate?: (night: number) => number;
}

/** Mulberry32 (T. Ettinger): uniform in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A history of one scenario that came about by chance. */
export function simulated(making: Making, random: () => number): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (let night = 1; night <= making.nights; night++) {
    if (random() < making.missing) continue;
    for (let repeat = 1; repeat <= making.repeats; repeat++) {
      const verdict = verdictOf(making, making.leaks(night), random);
      const rate = making.rate && measured(making.rate(night), random);
      entries.push(entry({ night, repeat, criteria: { fds: { verdict, rate } } }));
    }
  }
  return entries;
}

function verdictOf(making: Making, leaks: boolean, random: () => number): CriterionVerdict {
  if (random() < making.undecided) return "inconclusive";
  if (!leaks) return random() < making.wrong ? "fail" : "pass";
  if (random() < making.seen) return "fail";
  return random() < 0.5 ? "pass" : "inconclusive";
}

/** Of an error of 1. */
function measured(level: number, random: () => number): Rate {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const value = level + normal;
  return { rate: value, low: value - 1.96, high: value + 1.96 };
}
