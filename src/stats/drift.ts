import { whiten, type NoiseModel } from "./noise.js";
import { fitLast, Gram } from "./least-squares.js";
import { type Curve, curvesOf, type Design, designOf } from "./curves.js";
import { requireFinite } from "./require-finite.js";
import type { Point } from "./theil-sen.js";
import { type Component, TMixture } from "./t-mixture.js";

export type { Curve } from "./curves.js";

export interface DriftOptions {
  /** Indices, from 1, of points at which the level may have jumped: a restart, a step that was seen. */
  readonly jumps?: readonly number[];
  /** Variance that the points have at least, in units of y squared, such as 1/12 for counts, which are rounded. */
  readonly leastVariance?: number;
  /** Longest time constant of a transient, as a share of the run; at most a third, since a longer one looks like growth. */
  readonly longestTransient?: number;
}

/** What is known of the slope at which a noisy series goes on, in units of y per unit of x. */
export interface Drift {
  readonly slope: TMixture;
  /** The curve that explains the points best. */
  readonly curve: Curve;
  /** Shares of the explanations, by the kind of curve. */
  readonly shares: Readonly<Record<Curve["kind"], number>>;
  /** Standard deviation of what the best explanation leaves over, in units of y. */
  readonly noise: number;
  /** Correlation of the noise from one point to the next, in the best explanation. */
  readonly correlation: number;
}

/** Correlations of the wandering part that are tried, and how much of the variance is white beside it. */
const correlations = [0.35, 0.65, 0.9];
const whiteShares = [0, 0.5];
/** Near 1 it is a random walk, as the sum of rare events is: its steps' variance over that of the white part. */
const walk = 0.998;
const walkRatios = [0.02, 0.1, 0.5, 3, Number.POSITIVE_INFINITY];

const noiseModels: readonly NoiseModel[] = [
  { correlation: 0, whiteShare: 1 },
  ...correlations.flatMap((correlation) => whiteShares.map((whiteShare) => ({ correlation, whiteShare }))),
  ...walkRatios.map((ratio) => ({ correlation: walk, whiteShare: 1 / (1 + ratio / (1 - walk * walk)) })),
];

/**
 * The slope at which a series goes on once its warm-up is over, and how sure that is. The level may be a
 * line, a line after a transient that dies away, or a line that bends once; the noise may be white, wander,
 * or both. None of these is chosen: each combination is fitted by generalised least squares, whose slope
 * has a Student t, and they are averaged by their weights of evidence (BIC). So what is not known of the
 * noise and of the curve widens the interval.
 * Sources: A. C. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter, 1989;
 * A. E. Raftery, Bayesian model selection in social research, Sociological Methodology 25 (1995) 111–163.
 * @param points in order of x, at least 4; several may have the same x
 * @returns undefined when there are too few for the jumps, when they have one x, and when a jump divides nothing.
 * @throws RangeError for NaN or Infinity, and for an x that falls.
 */
export function driftOf(points: readonly Point[], options: DriftOptions = {}): Drift | undefined {
  requireSeries(points);
  const design = designOf(points, options.jumps ?? []);
  if (!design) return undefined;
  const explanations = explain(design, options);
  const best = explanations.reduce<Explanation | undefined>(
    (most, one) => (most === undefined || one.logWeight > most.logWeight ? one : most),
    undefined,
  );
  if (!best) return undefined;
  const components = explanations.map((one) => ({
    ...one,
    weight: Math.exp(one.logWeight - best.logWeight),
  }));
  return {
    slope: new TMixture(components),
    curve: best.curve,
    shares: sharesOf(components),
    noise: best.noise,
    correlation: best.model.correlation * (1 - best.model.whiteShare),
  };
}

function requireSeries(points: readonly Point[]): void {
  const xs = points.map(({ x }) => x);
  requireFinite(xs, "x");
  requireFinite(
    points.map(({ y }) => y),
    "y",
  );
  const index = xs.findIndex((x, index) => x < (xs[index - 1] ?? x));
  if (index >= 0) throw new RangeError(`x[${index}] is below the one before it`);
}

interface Explanation extends Omit<Component, "weight"> {
  readonly logWeight: number;
  readonly curve: Curve;
  readonly model: NoiseModel;
  readonly noise: number;
}

function explain(design: Design, options: DriftOptions): Explanation[] {
  const { leastVariance = 0, longestTransient = 1 } = options;
  const curves = curvesOf(design).filter(
    ({ kind, at }) => kind !== "transient" || (at ?? 0) <= longestTransient,
  );
  return noiseModels.flatMap((model) => {
    const white = whiten(design.columns, design.distances, model);
    // Two points at one x: noise without a white part would have them be the same.
    if (!Number.isFinite(white.logDeterminant)) return [];
    const gram = new Gram(white.columns);
    return curves.flatMap((curve) => {
      const fit = fitLast(gram, curve.columns);
      if (!fit) return [];
      const degreesOfFreedom = design.rows - curve.columns.length;
      const squares = fit.residualSquares + leastVariance * design.rows;
      const variance = squares / degreesOfFreedom;
      const logWeight =
        -0.5 * white.logDeterminant -
        0.5 * design.rows * Math.log(Math.max(squares, Number.MIN_VALUE)) -
        0.5 * curve.parameters * Math.log(design.rows);
      return [
        {
          logWeight,
          curve,
          model,
          center: fit.coefficient / design.span,
          scale: Math.sqrt(variance * fit.unitVariance) / design.span,
          degreesOfFreedom,
          noise: Math.sqrt(variance),
        },
      ];
    });
  });
}

function sharesOf(components: readonly (Component & { readonly curve: Curve })[]): Drift["shares"] {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const shares = { line: 0, transient: 0, bend: 0, onset: 0 };
  for (const { weight, curve } of components) shares[curve.kind] += weight / total;
  return shares;
}
