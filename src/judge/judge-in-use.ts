import type { Rigour, SeriesVerdict } from "../model/series.js";
import type { JudgedLevel, Level } from "./judge-levels.js";
import { byGravity } from "./judge-levels.js";
import { judgeSeries } from "./judge-series.js";
import { judgeNoisy } from "./series/judge-noisy.js";
import { prepare } from "./series/prepared.js";

/**
 * Judges levels that were looked at in the midst of a load, the gravest first. At quiet a count that falls back has been
 * given back; here it is sessions that come and go, so all but what never falls is a level under noise.
 */
export function judgeInUse(levels: readonly Level[], rigour: Rigour): JudgedLevel<Level>[] {
  return levels.map((level) => ({ level, verdict: judged(level, rigour) })).toSorted(byGravity);
}

function judged({ series, restarts }: Level, rigour: Rigour): SeriesVerdict {
  const { baseline, points } = series;
  const values = [Math.max(...baseline), ...points.map(({ value }) => value)];
  const isOnlyRising = values.every((value, index) => value >= (values[index - 1] ?? value));
  if (isOnlyRising) return judgeSeries(series, rigour, restarts);
  return judgeNoisy(
    prepare(series, rigour),
    restarts.flatMap((index) => points[index]?.operations ?? []),
  );
}
