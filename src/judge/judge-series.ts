import type { Rigour, Series, SeriesVerdict } from "../model/series.js";
import { judgeNoisy } from "./series/judge-noisy.js";
import { judgeRises } from "./series/judge-rises.js";
import { prepare } from "./series/prepared.js";
import { risesOf } from "./series/rises.js";

/**
 * Judges one resource over the quiescent points: see docs/explanation/judge.md. Pure; the same series gives the same verdict.
 * A count that only rises is judged by when its increments came, anything else by its drift under noise.
 * @param series counts or bytes; its points in order of operations, all numbers finite
 * @param restarts indices of points at which another process had taken over
 */
export function judgeSeries(series: Series, rigour: Rigour, restarts: readonly number[] = []): SeriesVerdict {
  const prepared = prepare(series, rigour);
  const rises = series.kind === "count" ? risesOf(prepared) : undefined;
  if (rises) return judgeRises(prepared, rises);
  return judgeNoisy(
    prepared,
    restarts.flatMap((index) => series.points[index]?.operations ?? []),
  );
}
