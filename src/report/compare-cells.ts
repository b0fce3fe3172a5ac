import type { ComparedResource, ComparedScenario, Comparison } from "../model/comparison.js";
import { formatBytes, formatNumber } from "../model/units.js";
import type { Rate, ScenarioVerdict } from "../model/verdict.js";
import { none, rate, type Unit } from "./cells.js";
import { rateText } from "./rate-text.js";

/** As benchstat has it. */
const alike = "~";
const leastChance = 0.0001;

/** Verdicts in whose colours a comparison and an outcome are shown. */
export const verdictLike: Readonly<Record<Comparison["verdict"], ScenarioVerdict>> = {
  regression: "fail",
  "no regression": "pass",
  undecided: "inconclusive",
};
export const outcomeLike: Readonly<Record<ComparedResource["outcome"], ScenarioVerdict | undefined>> = {
  worse: "fail",
  better: "pass",
  open: "inconclusive",
  "not compared": "unchecked",
  within: undefined,
  same: undefined,
};

export const compareHead = ["resource", "before", "after", "difference", "p", "sees"] as const;

export function sideCell(side: Rate | undefined, unit: Unit): string {
  return rate(side?.rate, unit);
}

/** `~`, or `+0.04 (0.012 to 0.087) worse`. */
export function differenceCell({ outcome, difference, unit, beyond }: ComparedResource): string {
  if (difference === undefined) return none;
  if (outcome === "same") return alike;
  if (outcome === "within") return `${alike} within ${riseText(beyond, unit)}`;
  const ends = `(${signed(difference.low, unit)} to ${signed(difference.high, unit)})`;
  return `${signed(difference.rate, unit)} ${ends} ${outcome}`;
}

export function chanceCell({ chance }: ComparedResource): string {
  if (chance === undefined) return none;
  return chance < leastChance ? `<${leastChance}` : formatNumber(chance);
}

/** The smallest rise that would have been told: `1 per 28`, `4.1 KiB`. */
export function seenCell({ detectable, unit }: ComparedResource): string {
  if (detectable === undefined) return none;
  return Number.isFinite(detectable) ? riseText(detectable, unit) : "nothing";
}

/** `1 per 28`, `2.5 each`, `4.1 KiB` */
function riseText(rise: number | undefined, unit: Unit): string {
  if (rise === undefined) return none;
  if (unit === "bytes") return formatBytes(rise);
  if (rise > 1) return `${formatNumber(rise)} each`;
  return rise > 0 ? `1 per ${Math.floor(1 / rise + 1e-6)}` : "any";
}

/** `1 per 28 operations`, `4.1 KiB per operation` */
export function riseWords(rise: number, unit: Unit): string {
  if (unit === "bytes") return `${formatBytes(rise)} per operation`;
  return rise > 0 ? rateText(rise) : "any at all";
}

function signed(value: number, unit: Unit): string {
  return `${value > 0 ? "+" : ""}${rate(value, unit)}`;
}

/** `n=2+2, 300 and 310 operations` */
export function sizeText({ before, after }: Pick<ComparedScenario, "before" | "after">): string {
  return `n=${before.runs}+${after.runs}, ${before.operations} and ${after.operations} operations`;
}
