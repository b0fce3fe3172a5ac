import type { FlowRate } from "../model/finding.js";
import type { CriterionId } from "../model/verdict.js";
import type { Solution } from "./solution.js";
import type { Source } from "./sources.js";

/** The chance that a run accuses any flow wrongly: a wrong name costs a day, one that is missing a second run. */
const accuseAlpha = 0.001;
/** Of the highest rate: a flow leaks when it surely leaves more than this … */
const leastShare = 0.05;
/** … and is clean when it can hardly leave more than this. */
const cleanShare = 0.25;

export interface Judging {
  readonly criterion: CriterionId;
  readonly sources: readonly Source[];
  /** Operations of each source. */
  readonly operations: readonly number[];
  /** Rates that the whole run tells. */
  readonly cells: number;
}

/** Rates with their 95% intervals, and who is guilty. */
export function rateVerdicts(solution: Solution, judging: Judging): FlowRate[] {
  const { criterion, sources, operations, cells } = judging;
  const rates = sources.map((_, index) => solution.rate(index));
  const least = leastShare * Math.max(...rates);
  const isGuilty = sources.map((_, index) => solution.isAbove(index, least, accuseAlpha / cells));
  const leak = Math.max(0, ...rates.filter((_, index) => isGuilty[index]));
  return sources.map(({ name }, index) => {
    const { low, high } = solution.interval(index, 0.025);
    const rest = high < cleanShare * leak ? "clean" : "unclear";
    return {
      flow: name,
      criterion,
      operations: operations[index] ?? 0,
      rate: rates[index] ?? 0,
      low,
      high,
      verdict: isGuilty[index] === true ? "leaks" : rest,
    };
  });
}
