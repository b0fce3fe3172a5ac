import type { SeriesPoint } from "../../model/series.js";
import type { CriterionResult, Shape } from "../../model/verdict.js";
import type { FittedLine } from "./plot-data.js";

const hourMs = 3_600_000;
/** Their rate is that at which it goes on: it tells nothing of the beginning. */
const goingOn: readonly (Shape | undefined)[] = [
  "leak on a pool",
  "late leak",
  "filling pool",
  "warm-up",
  "one-off step",
];

/**
 * The rate of a verdict as a line through its points: the judge tells slopes, the height is the median of what is left
 * when the slope is taken out.
 */
export function fittedLine(result: CriterionResult, points: readonly SeriesPoint[]): FittedLine | null {
  const slope = slopeOf(result);
  const from = goingOn.includes(result.shape) ? Math.floor(points.length / 2) : 0;
  const shown = points.slice(from);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!slope || !first || !last || shown.length < 2) return null;
  const x = (point: SeriesPoint): number => (slope.per === "ms" ? point.atMs : point.operations);
  const at = (x(first) + x(last)) / 2;
  const level = medianOf(shown.map((point) => point.value - slope.rate * (x(point) - at)));
  return { ...slope, at, level, from };
}

function slopeOf({ perOperation, low, high, perHour }: CriterionResult) {
  if (perHour) return { per: "ms", ...inMilliseconds(perHour) } as const;
  if (perOperation === undefined || low === undefined || high === undefined) return undefined;
  const isKnown = [perOperation, low, high].every(Number.isFinite);
  return isKnown ? ({ per: "operations", rate: perOperation, low, high } as const) : undefined;
}

function inMilliseconds({ rate, low, high }: NonNullable<CriterionResult["perHour"]>) {
  return { rate: rate / hourMs, low: low / hourMs, high: high / hourMs };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
