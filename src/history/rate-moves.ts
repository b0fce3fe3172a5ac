import type { CriterionId } from "../model/verdict.js";
import { changePoints } from "../stats/change-points.js";
import type { Move } from "./move.js";
import { placeOf, shifted } from "./place.js";
import { levelOf, rateCost, rateNoise } from "./rate-costs.js";
import type { Sign } from "./signs.js";

/** Less than this is no leak of its own. */
const leastFactor = 1.5;
/** Standard errors of the difference; of 365 nights × 120 curves, none may do so by chance. */
const leastErrors = 5;

interface Level {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/**
 * Where a leak that stays changes its rate for good: one more came, or one of several went.
 * @param signs of nights in all of which it leaks
 * @param offset the number of the first of them
 */
export function rateMoves(criterion: CriterionId, signs: readonly Sign[], offset: number): Move[] {
  const rated = signs.flatMap(({ rate }, index) => (rate ? [{ rate, index }] : []));
  const rates = rated.map(({ rate }) => rate);
  const noise = rateNoise(rates);
  const levels = levelsOf(
    rates.map(({ rate }) => rate),
    noise,
  );
  return levels.slice(1).map((after, at): Move => {
    const before = levels[at] ?? after;
    const near = rates.slice(before.from, after.to).map((rate) => ({
      before: rateCost(rate, before.level, noise),
      after: rateCost(rate, after.level, noise),
    }));
    const place = shifted(placeOf(near), before.from);
    const night = (each: number): number => (rated[each]?.index ?? 0) + offset;
    return {
      first: night(place.first),
      // The nights before it that were not measured may have had it.
      earliest: night(place.earliest - 1) + 1,
      latest: night(place.latest),
      kind: after.level > before.level ? "leak" : "fix",
      criterion,
      inRate: true,
    };
  });
}

/** The levels, of which no two neighbours are alike. */
function levelsOf(values: readonly number[], noise: number): Level[] {
  const starts = [0, ...changePoints(values, noise), values.length];
  const levels: Level[] = [];
  for (const [index, from] of starts.slice(0, -1).entries()) {
    const to = starts[index + 1] ?? values.length;
    const next = levelFrom(values, from, to);
    const last = levels.at(-1);
    if (last && !differ(last, next, noise)) levels.splice(-1, 1, levelFrom(values, last.from, to));
    else levels.push(next);
  }
  return levels;
}

function levelFrom(values: readonly number[], from: number, to: number): Level {
  const rates = values.slice(from, to).map((rate) => ({ rate, low: rate, high: rate }));
  return { from, to, level: levelOf(rates) ?? 0 };
}

function differ(a: Level, b: Level, noise: number): boolean {
  const [less, more] = [Math.min(a.level, b.level), Math.max(a.level, b.level)];
  const error = noise * Math.sqrt(1 / (a.to - a.from) + 1 / (b.to - b.from));
  return more >= leastFactor * Math.max(less, 0) && more - less > leastErrors * error;
}
