import type { ComparedOutcome, ComparedResource } from "../model/comparison.js";
import type { CriterionId } from "../model/verdict.js";
import type { Evidence } from "./evidence.js";

/** How sure it must be, and what is allowed. */
export interface Bar {
  readonly alpha: number;
  /** A rise that is allowed, per operation; undefined = none is stated. */
  readonly beyond: number | undefined;
  /** Of the build that has fewer. */
  readonly runs: number;
}

const come = "more is there after than before, but by its judge it comes to rest: no leak";

/** One resource, told. */
export function comparedResource(id: CriterionId, evidence: Evidence, bar: Bar): ComparedResource {
  const { before, after, difference, dispersion } = evidence;
  const outcome = outcomeOf(evidence, bar);
  const rise = Math.max(0, bar.beyond ?? 0);
  const isRise = difference.rate >= 0;
  const needed = outcome === "open" ? Math.ceil(bar.runs * evidence.timesNeeded(rise)) : undefined;
  const rests = outcome === "same" && isRisen(evidence, bar);
  return {
    id,
    unit: id === "memory" ? "bytes" : "count",
    outcome,
    before,
    after,
    difference,
    chance: isRise ? evidence.riseChance() : evidence.fallChance(),
    alpha: bar.alpha,
    detectable: evidence.detectable(bar.alpha),
    dispersion: dispersion.factor,
    beyond: bar.beyond,
    repeatsNeeded: needed,
    why: rests ? come : undefined,
  };
}

function outcomeOf(evidence: Evidence, bar: Bar): ComparedOutcome {
  const { alpha, beyond } = bar;
  if (isRisen(evidence, bar)) return evidence.leaks ? "worse" : "same";
  if (evidence.fallChance() <= alpha) return "better";
  if (beyond === undefined || beyond <= 0) return "same";
  return evidence.difference.high <= beyond ? "within" : "open";
}

/** Surely more than before, as the comparison as a whole asks for; and beyond what is allowed, by the interval. */
function isRisen({ riseChance, difference }: Evidence, { alpha, beyond = 0 }: Bar): boolean {
  return riseChance() <= alpha && difference.low > beyond;
}

/** @param beyond a rise that is allowed: whether there was more is open then */
export function notCompared(id: CriterionId, why: string, beyond: number | undefined): ComparedResource {
  return {
    id,
    unit: id === "memory" ? "bytes" : "count",
    outcome: "not compared",
    before: undefined,
    after: undefined,
    difference: undefined,
    chance: undefined,
    alpha: undefined,
    detectable: undefined,
    dispersion: undefined,
    beyond,
    repeatsNeeded: undefined,
    why,
  };
}
