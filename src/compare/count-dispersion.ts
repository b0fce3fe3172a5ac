import type { CountsLeft } from "./counts-left.js";
import { type Dispersion, dispersionFrom, dispersionOfRuns, widest } from "./dispersion.js";

interface Row {
  readonly operations: number;
  readonly units: number;
}

interface Scatter {
  readonly squares: number;
  readonly freedom: number;
}

/**
 * How much more what was left scatters than single, independent units: from batch to batch within the runs, and from
 * run to run within each build, whichever is more.
 */
export function countDispersion(before: readonly CountsLeft[], after: readonly CountsLeft[]): Dispersion {
  const batches = [...before, ...after].map((run) => scatterOf(run.batches));
  const runs = [before, after].map((build) => scatterOf(build.map(({ batches }) => totalOf(batches))));
  return widest([dispersionFrom(...pooled(batches)), dispersionOfRuns(...pooled(runs))]);
}

/** Pearson's squares of the rows around their common rate; where nothing came, nothing scatters. */
function scatterOf(rows: readonly Row[]): Scatter {
  const { operations, units } = totalOf(rows);
  if (units === 0 || rows.length < 2) return { squares: 0, freedom: 0 };
  const squares = rows.map((row) => {
    const mean = (units / operations) * row.operations;
    return (row.units - mean) ** 2 / mean;
  });
  return { squares: squares.reduce((sum, square) => sum + square, 0), freedom: rows.length - 1 };
}

function totalOf(rows: readonly Row[]): Row {
  return rows.reduce(
    (sum, row) => ({ operations: sum.operations + row.operations, units: sum.units + row.units }),
    { operations: 0, units: 0 },
  );
}

function pooled(all: readonly Scatter[]): [squares: number, freedom: number] {
  const squares = all.reduce((sum, one) => sum + one.squares, 0);
  const freedom = all.reduce((sum, one) => sum + one.freedom, 0);
  return [squares, freedom];
}
