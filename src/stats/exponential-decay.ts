import { blockMedians } from "./block-medians.js";
import { goldenSection } from "./golden-section.js";
import { requireFinite } from "./require-finite.js";
import { type Point, theilSen, type Trend } from "./theil-sen.js";

/** What is given back, and how fast: y = level + amount · 2^(−(x − first x) / halfLife). */
export interface Decay {
  /** In the units of x. */
  readonly halfLife: number;
  /** Where it ends, and how far above that it began, in the units of y. */
  readonly level: number;
  readonly amount: number;
}

const mostPoints = 200;
const stepsPerDoubling = 4;

/**
 * The decay to a level that goes best through the points: for each half-life that the points could show,
 * a Theil–Sen line over 2^(−x / halfLife), and of these the one with the least sum of absolute distances. So
 * up to 29% of outliers do not move it. Past 200 points it is fitted to medians of neighbours.
 * Source: variable projection, G. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973) 413–432, with a robust line.
 * @returns undefined when no decay can be told: fewer than six different x; nothing that falls, at 99.9%;
 * a fall that is over within two points; one so slow that it could be a straight line.
 * @throws RangeError for NaN or Infinity.
 */
export function exponentialDecay(points: readonly Point[]): Decay | undefined {
  const shown = blockMedians(points, mostPoints);
  requireFinite(
    shown.map(({ x }) => x),
    "x",
  );
  requireFinite(
    shown.map(({ y }) => y),
    "y",
  );
  const xs = [...new Set(shown.map(({ x }) => x))].sort((a, b) => a - b);
  const first = xs[0] ?? 0;
  const span = (xs.at(-1) ?? 0) - first;
  if (xs.length < 6) return undefined;
  const missAt = (step: number): number => fit(shown, first, halfLifeAt(step)).miss;
  const halfLifeAt = (step: number): number => span * 2 ** (-step / stepsPerDoubling);
  const last = Math.ceil(Math.log2(2 * xs.length) * stepsPerDoubling);
  const best = leastOf(last + 1, missAt);
  if (best === 0 || best === last) return undefined;
  const halfLife = halfLifeAt(goldenSection(missAt, best - 1, best + 1));
  const { line } = fit(shown, first, halfLife);
  return line && line.low > 0 ? { halfLife, level: line.intercept, amount: line.slope } : undefined;
}

interface Fit {
  readonly line: Trend | undefined;
  /** Sum of the absolute distances. */
  readonly miss: number;
}

function fit(points: readonly Point[], first: number, halfLife: number): Fit {
  const bent = points.map(({ x, y }) => ({ x: 2 ** ((first - x) / halfLife), y }));
  const line = theilSen(bent, 0.999);
  if (!line) return { line, miss: Number.POSITIVE_INFINITY };
  const distances = bent.map(({ x, y }) => Math.abs(y - line.intercept - line.slope * x));
  return { line, miss: distances.reduce((sum, distance) => sum + distance, 0) };
}

/** The whole number below `count` at which f is least. */
function leastOf(count: number, f: (step: number) => number): number {
  const values = Array.from({ length: count }, (_, step) => f(step));
  return values.indexOf(Math.min(...values));
}
