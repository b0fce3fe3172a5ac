import type { CriterionResult, CriterionVerdict, Shape } from "../model/verdict.js";
import { exhaustionWithInterval, limitCell, none, ratePerHour, ratePerUnit, seesCell } from "./cells.js";

/** Shapes that need no word beside a rate. */
const plain: readonly Shape[] = ["clean", "flat", "unclear", "steady leak"];

/** `0.88 per operation (0.86 to 0.9)`, `none; above 1 per 333 would have been seen`, `not measured: …` */
export function leakRate(result: CriterionResult): string {
  return words[result.verdict](result);
}

const words: Readonly<Record<CriterionVerdict, (result: CriterionResult) => string>> = {
  fail: growthOf,
  pass: passOf,
  inconclusive: unclearOf,
  unchecked: ({ reason }) => `not measured: ${reason}`,
  dropped: ({ reason }) => `not judged: ${reason}`,
};

/** `37 h (36 to 38) to soft RLIMIT_NOFILE 4096` */
export function timeToExhaustion(result: CriterionResult): string {
  const time = exhaustionWithInterval(result);
  if (time === none || result.limit === undefined) return time;
  return `${time} to ${result.ceiling ?? "the limit"} ${limitCell(result)}`;
}

/** A criterion can fail without any growth: a peak too high, a stop that left something alive. */
function growthOf(result: CriterionResult): string {
  const { perOperation = 0, perHour, shape, unit } = result;
  if (perHour !== undefined) return `${ratePerHour(perHour, unit)}, by time alone`;
  if (perOperation <= 0) return "no growth; see the finding";
  const name = isTelling(shape) ? `${shape}: ` : "";
  return `${name}${ratePerUnit(result)}`;
}

/** A growth within what is allowed is told all the same. */
function passOf(result: CriterionResult): string {
  const { perOperation = 0, low = 0, high, detectable, shape } = result;
  if (perOperation > 0 && low > 0) return `${ratePerUnit(result)}, within what is allowed`;
  const what = isTelling(shape) ? `none (${shape})` : "none";
  if (detectable !== undefined)
    return `${what}; above ${seesCell(result).replace("/h", " per hour")} would have been seen`;
  if (high === undefined) return what;
  return `${what}; at most ${ratePerUnit({ ...result, perOperation: high, low: undefined })}`;
}

function unclearOf(result: CriterionResult): string {
  const isMeasured = result.low !== undefined && result.high !== undefined;
  return `unclear: ${isMeasured ? ratePerUnit(result) : result.reason}`;
}

function isTelling(shape: Shape | undefined): shape is Shape {
  return shape !== undefined && !plain.includes(shape);
}
