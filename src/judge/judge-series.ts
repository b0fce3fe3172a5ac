import type { Rigour, Series, SeriesVerdict } from "../model/series.js";
import { judgeNoisy } from "./series/judge-noisy.js";
import { judgeRises } from "./series/judge-rises.js";
import { prepare } from "./series/prepared.js";
import { risesOf } from "./series/rises.js";

/** Judges one series. */
export function judgeSeries(series: Series, rigour: Rigour): SeriesVerdict {
  const prepared = prepare(series, rigour);
  const rises = series.kind === "count" ? risesOf(prepared) : undefined;
  return rises ? judgeRises(prepared, rises) : judgeNoisy(prepared);
}
