import { readFileSync } from "node:fs";
import type { Component } from "../../src/stats/t-mixture.js";

/** Reference values; how they were computed stands in the file, under "note". */
interface Engine {
  readonly leastSquares: {
    /** The last is what the others explain. */
    readonly columns: number[][];
    readonly coefficient: number;
    readonly unitVariance: number;
    readonly residualSquares: number;
  }[];
  readonly noise: {
    readonly correlation: number;
    readonly whiteShare: number;
    readonly distances: number[];
    readonly columns: number[][];
    /** Of each pair of columns, row by row. */
    readonly products: number[][];
    readonly logDeterminant: number;
  }[];
  readonly mixture: {
    readonly components: Component[];
    readonly cdf: [value: number, probability: number][];
    readonly quantile: [probability: number, value: number][];
  }[];
}

export const engine: Engine = JSON.parse(readFileSync(new URL("engine.json", import.meta.url), "utf8"));

/** To 1e-9 of the value, and to 1e-9 near 0. */
export function off(got: number | undefined, value: number): number {
  return Math.abs((got ?? Number.NaN) - value) / (1 + Math.abs(value)) / 1e-9;
}
