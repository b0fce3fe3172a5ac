import { type Point, theilSen, type Trend } from "../stats/theil-sen.js";

/** Confidence for calling a growth a leak; what is reported is the 95% interval. */
const callingConfidence = 0.99;
/** The slopes of all pairs are quadratic: more points than this are thinned out evenly. */
const mostPoints = 400;
/** The later half of a short run still needs so many points to show a trend. */
const leastPoints = 5;

export function trendOf(points: readonly Point[]): Trend | undefined {
  return theilSen(thin(points));
}

/** True when the slope is above 0 beyond reasonable doubt. */
export function isRising(points: readonly Point[]): boolean {
  return (theilSen(thin(points), callingConfidence)?.low ?? 0) > 0;
}

/** The later half of a run, where warm-up and pools are over. */
export function laterHalf<T>(points: readonly T[]): readonly T[] {
  return points.slice(-Math.max(leastPoints, Math.ceil(points.length / 2)));
}

/**
 * False for a curve that flattens, as a pool that fills or a warm-up does: its rise in the last third is
 * well below that in the middle third (more than twice the spread of two counts), or it rose steeply at
 * first and has not stopped flattening since.
 * @param points the first one is the baseline
 */
export function isSustained(points: readonly Point[]): boolean {
  const [first, middle, last] = rises(points);
  if (last <= 0) return false;
  if (isWellBelow(last, middle)) return false;
  const steepAtFirst = first > 3 * last && isWellBelow(last, first);
  return !steepAtFirst || last >= 0.75 * middle;
}

function isWellBelow(a: number, b: number): boolean {
  return b - a > 2 * Math.sqrt(Math.max(0, a + b));
}

/** The rise in each third of the operations; between two points the curve is taken as straight. */
function rises(points: readonly Point[]): readonly [number, number, number] {
  const first = points[0]?.x ?? 0;
  const span = (points.at(-1)?.x ?? 0) - first;
  const at = (third: number): number => heightAt(points, first + (third * span) / 3);
  return [at(1) - at(0), at(2) - at(1), at(3) - at(2)];
}

function heightAt(points: readonly Point[], x: number): number {
  const next = points.findIndex((point) => point.x >= x);
  const right = points[next] ?? points.at(-1);
  const left = points[next - 1] ?? right;
  if (!left || !right) return 0;
  const share = right.x === left.x ? 0 : (x - left.x) / (right.x - left.x);
  return left.y + share * (right.y - left.y);
}

function thin(points: readonly Point[]): readonly Point[] {
  const step = points.length / mostPoints;
  if (step <= 1) return points;
  return Array.from({ length: mostPoints }, (_, index) => points[Math.floor((index + 1) * step) - 1]).filter(
    (point) => point !== undefined,
  );
}
