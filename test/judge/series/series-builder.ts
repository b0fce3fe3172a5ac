import type { Rigour, Series } from "../../../src/model/series.js";
import { normal } from "../../stats/noise.js";

export interface Looks {
  readonly kind?: Series["kind"];
  readonly perBatch?: number;
  readonly baseline?: readonly number[];
  /** Default: the last value, three times. */
  readonly drain?: readonly number[];
}

/** A series of these values, one for each batch. */
export function series(values: readonly number[], looks: Looks = {}): Series {
  const { kind = "count", perBatch = 50, baseline = [20, 20, 20] } = looks;
  const last = values.at(-1) ?? 0;
  const points = values.map((value, index) => ({
    operations: (index + 1) * perBatch,
    atMs: (index + 1) * 3000,
    value,
  }));
  return { name: "made-up", kind, baseline, points, drain: looks.drain ?? [last, last, last] };
}

/** `n` values of a function of the batch, 1 to n. */
export function over<T>(n: number, value: (batch: number) => T): T[] {
  return Array.from({ length: n }, (_, index) => value(index + 1));
}

export const mib = 1024 ** 2;
const level = 100 * mib;

/** Bytes around a floor of 100 MiB, with normal noise of `noise` bytes that a seed repeats. */
export function memory(
  n: number,
  grown: (batch: number) => number,
  { seed = 1, noise = mib }: { seed?: number; noise?: number } = {},
): Series {
  const next = normal(seed);
  const at = (value: number): number => Math.round(level + value + noise * next());
  const baseline = [0, 0, 0].map(at);
  const values = over(n, (batch) => at(grown(batch)));
  return series(values, { kind: "memory", baseline, drain: [n, n, n].map((batch) => at(grown(batch))) });
}

export const rigour: Rigour = { alpha: 0.001, power: 0.995, detectPerOperation: undefined };
