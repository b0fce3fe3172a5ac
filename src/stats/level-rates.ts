import { fitLast, Gram } from "./least-squares.js";
import { type NoiseModel, whiten } from "./noise.js";
import { type Component, TMixture } from "./t-mixture.js";

/** White noise, noise that wanders, and a random walk, as what is left by chance makes it. */
const noiseModels: readonly NoiseModel[] = [
  { correlation: 0, whiteShare: 1 },
  { correlation: 0.65, whiteShare: 0 },
  { correlation: 0.9, whiteShare: 0.5 },
  { correlation: 0.998, whiteShare: 0.9 },
  { correlation: 0.998, whiteShare: 0 },
];

const fewestFreedom = 2;

/**
 * What each source adds to a noisy level per exposure: generalised least squares of the level on the exposures so far,
 * averaged over models of the noise by their weights of evidence.
 * Sources: A. C. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter, 1989;
 * A. E. Raftery, Sociological Methodology 25 (1995) 111–163.
 * @param levels in order of time, finite
 * @param exposures of each source: how often it had been at work when each level was read
 * @returns undefined where there are too few levels, or two sources that always go together.
 */
export function levelRates(
  levels: ArrayLike<number>,
  exposures: readonly ArrayLike<number>[],
): TMixture[] | undefined {
  const degreesOfFreedom = levels.length - exposures.length - 1;
  if (degreesOfFreedom < fewestFreedom) return undefined;
  const start = levels[0] ?? 0;
  const columns = [
    new Float64Array(levels.length).fill(1),
    ...exposures.map((exposure) => Float64Array.from(exposure)),
    Float64Array.from(levels, (level) => level - start),
  ];
  const fits = noiseModels.map((model) => fitted(columns, model));
  const mixtures = exposures.map((_, source) => mixtureOf(fits, { source, degreesOfFreedom }));
  return mixtures.every((mixture) => mixture !== undefined) ? mixtures : undefined;
}

interface Fitted {
  readonly gram: Gram;
  readonly rows: number;
  readonly logDeterminant: number;
}

function fitted(columns: readonly Float64Array[], model: NoiseModel): Fitted {
  const white = whiten(columns, [], model);
  return {
    gram: new Gram(white.columns),
    rows: columns[0]?.length ?? 0,
    logDeterminant: white.logDeterminant,
  };
}

interface Wanted {
  readonly source: number;
  readonly degreesOfFreedom: number;
}

function mixtureOf(fits: readonly Fitted[], { source, degreesOfFreedom }: Wanted): TMixture | undefined {
  const explanations = fits.flatMap(({ gram, rows, logDeterminant }) => {
    const others = Array.from({ length: gram.size - 1 }, (_, column) => column).filter(
      (c) => c !== source + 1,
    );
    const fit = fitLast(gram, [...others, source + 1]);
    if (!fit) return [];
    const squares = Math.max(fit.residualSquares, Number.MIN_VALUE);
    const scale = Math.sqrt((squares / degreesOfFreedom) * fit.unitVariance);
    const logWeight = -0.5 * logDeterminant - 0.5 * rows * Math.log(squares);
    return [{ center: fit.coefficient, scale, degreesOfFreedom, logWeight }];
  });
  if (explanations.length === 0) return undefined;
  const most = Math.max(...explanations.map(({ logWeight }) => logWeight));
  return new TMixture(
    explanations.map(({ logWeight, ...one }): Component => ({ ...one, weight: Math.exp(logWeight - most) })),
  );
}
