import type { CriterionId } from "../model/verdict.js";
import type { Move } from "./move.js";
import { type Place, placeOf, shifted } from "./place.js";
import { levelOf, rateCost, rateNoise } from "./rate-costs.js";
import { rateMoves } from "./rate-moves.js";
import { type Sign, tells } from "./signs.js";
import { type LeakState, costsOf, statesOf } from "./states.js";

export interface Course {
  /** Whether it leaked on the first night that told. */
  readonly leaksAtFirst: boolean;
  readonly moves: readonly Move[];
}

/** Nights that hold together: it leaked in all of them, or in none. */
interface Stretch {
  readonly leaks: boolean;
  readonly from: number;
  /** After the last one. */
  to: number;
  /** The states of its ends, which are those that a night near the change is weighed by. */
  readonly firstState: LeakState;
  lastState: LeakState;
}

/** How one criterion fared over the nights: verdicts say whether it leaks, rates help to say since when. */
export function courseOf(criterion: CriterionId, signs: readonly Sign[]): Course {
  const stretches = stretchesOf(signs);
  const byVerdict = stretches.slice(1).map((after, index): Move => {
    const before = stretches[index] ?? after;
    const place = placed(before, after, signs);
    return { ...place, kind: after.leaks ? "leak" : "fix", criterion, inRate: false };
  });
  const leaking = stretches.filter(({ leaks }) => leaks);
  const byRate = leaking.flatMap(({ from, to }) => rateMoves(criterion, signs.slice(from, to), from));
  const moves = [...byVerdict, ...byRate].sort((a, b) => a.first - b.first);
  return { leaksAtFirst: stretches[0]?.leaks === true, moves };
}

function stretchesOf(signs: readonly Sign[]): Stretch[] {
  const told = signs.flatMap((sign, index) => (tells(sign) ? [{ sign, index }] : []));
  const states = statesOf(told.map(({ sign }) => sign));
  const stretches: Stretch[] = [];
  for (const [at, { index }] of told.entries()) {
    const state = states[at] ?? "clean";
    const leaks = state !== "clean";
    const last = stretches.at(-1);
    if (last?.leaks === leaks) Object.assign(last, { to: index + 1, lastState: state });
    else stretches.push({ leaks, from: index, to: index + 1, firstState: state, lastState: state });
  }
  return stretches;
}

/** The nights between the two, which told nothing, may belong to either. */
function placed(before: Stretch, after: Stretch, signs: readonly Sign[]): Place {
  const rates = signs.map(({ rate }) => rate);
  const levels = {
    before: levelOf(rates.slice(before.from, before.to)),
    after: levelOf(rates.slice(after.from, after.to)),
    noise: rateNoise(rates.slice(before.from, after.to)),
  };
  const costs = signs.slice(before.from, after.to).map((sign) => {
    const byVerdict = tells(sign) ? costsOf(sign) : undefined;
    return {
      before: (byVerdict?.[before.lastState] ?? 0) + rateCost(sign.rate, levels.before, levels.noise),
      after: (byVerdict?.[after.firstState] ?? 0) + rateCost(sign.rate, levels.after, levels.noise),
    };
  });
  return shifted(placeOf(costs), before.from);
}
