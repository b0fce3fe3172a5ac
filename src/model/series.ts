import type { Rate, Shape, Verdict } from "./verdict.js";

/** One quiescent point of a series. */
export interface SeriesPoint {
  /** Operations that had ended since the baseline. */
  readonly operations: number;
  /** Milliseconds since the baseline. */
  readonly atMs: number;
  /** A count, or bytes. */
  readonly value: number;
}

/** One resource over the quiescent points: all that the judge needs, whatever it came from. */
export interface Series {
  readonly name: string;
  /** Counts are exact at quiet; memory is noise around a floor. */
  readonly kind: "count" | "memory";
  /** Looks before the load, in order. */
  readonly baseline: readonly number[];
  /** One for each batch, in order of operations. */
  readonly points: readonly SeriesPoint[];
  /** Looks after the drain, in order. */
  readonly drain: readonly number[];
}

/** How sure the judge has to be. */
export interface Rigour {
  /** Chance that this one judgement fails a healthy series; what is left of the run's after multiplicity and looks. */
  readonly alpha: number;
  /** Chance of seeing a leak of the stated detectable rate, e.g. 0.995. */
  readonly power: number;
  /**
   * A pass must be able to see at least this rate (units per operation); without that power it is
   * inconclusive. Undefined: any power will do, as long as it is stated.
   */
  readonly detectPerOperation: number | undefined;
}

/** The verdict on one series, with the numbers behind it. */
export interface SeriesVerdict {
  readonly verdict: Verdict;
  readonly shape: Shape;
  /** Growth per operation, in units of the series. */
  readonly perOperation: number;
  /** 95% interval of it. */
  readonly low: number;
  readonly high: number;
  /** The smallest growth per operation that would have been seen at the stated power; Infinity when none would. */
  readonly detectable: number;
  /** Where time drives the growth and not the load. */
  readonly perHour: Rate | undefined;
  /** Milliseconds after which half of what was still held had been given back in the drain. */
  readonly halfLifeMs?: number | undefined;
  /** One sentence in plain words. */
  readonly reason: string;
  /** The numbers behind it, by name, for `--explain` and for machines. */
  readonly numbers: Readonly<Record<string, number>>;
}
