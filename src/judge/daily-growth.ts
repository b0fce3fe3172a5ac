import { formatBytes } from "../model/units.js";
import type { Verdict } from "../model/verdict.js";
import { type JudgedLevel, type Level, sizesOf } from "./judge-levels.js";
import { rateText } from "./wording.js";

const hoursPerDay = 24;
/** A budget that the scenario does not state is at least this. */
export const leastBudgetBytes: number = 64 * 1024 ** 2;

export interface DayLimits {
  readonly budgetBytes: number;
  readonly sessionsPerHour: number;
  /** Bytes per operation that a pass must be able to see. */
  readonly asked: number | undefined;
}

/** What a growth comes to over 24 h of production traffic. */
export interface Daily {
  readonly verdict: Extract<Verdict, "fail" | "pass" | "inconclusive">;
  /** Bytes per day, and its 95% interval. */
  readonly bytes: number;
  readonly low: number;
  readonly high: number;
  readonly sessions: number;
  /** Grown beyond the budget within the run, though the runtime says that it holds no more. */
  readonly isOutgrown: boolean;
  /** It dies away, or the drain gave it back, or too little power: why a growth over the budget is no leak yet. */
  readonly doubt: string | undefined;
  readonly numbers: Readonly<Record<string, number>>;
}

/**
 * Stable over 24 hours: the upper bound of the growth is within the budget. A leak: the lower bound is over it, with
 * the certainty that the run asks of one judgement, and the growth does not die away.
 * @param isShadowed the same process is seen from inside as well
 */
export function dailyVerdict(
  { level, verdict }: JudgedLevel<Level>,
  limits: DayLimits,
  isShadowed: boolean,
): Daily {
  const sessions = limits.sessionsPerHour * hoursPerDay;
  const { perOperation, low, high, numbers, detectable } = verdict;
  const surelyBytes = (numbers["lowAtAlpha"] ?? Number.NEGATIVE_INFINITY) * sessions;
  const { baseline, end } = sizesOf(level.series);
  const grown = (end ?? baseline) - baseline;
  const day = { bytes: perOperation * sessions, low: low * sessions, high: high * sessions, sessions };
  const told = {
    bytesPerDay: day.bytes,
    lowPerDay: day.low,
    highPerDay: day.high,
    surelyPerDay: surelyBytes,
  };
  const known = { ...day, isOutgrown: isShadowed, numbers: told };
  if (isShadowed) {
    const isOut = verdict.verdict === "fail" && grown > limits.budgetBytes;
    return { ...known, verdict: isOut ? "fail" : "pass", doubt: undefined };
  }
  if (day.high <= limits.budgetBytes) return { ...known, ...withinBudget(detectable, limits.asked) };
  const isOver = surelyBytes > limits.budgetBytes;
  if (isOver && verdict.verdict === "fail") return { ...known, verdict: "fail", doubt: undefined };
  return { ...known, verdict: "inconclusive", doubt: isOver ? verdict.reason : undefined };
}

function withinBudget(detectable: number, asked: number | undefined): Pick<Daily, "verdict" | "doubt"> {
  if (asked === undefined || detectable <= asked) return { verdict: "pass", doubt: undefined };
  const doubt = `only above ${rateText(detectable, "memory")} would it have been seen, and ${rateText(asked, "memory")} is asked for`;
  return { verdict: "inconclusive", doubt };
}

/** The claim in one sentence. */
export function growthText(
  { verdict, bytes, low, high, sessions, doubt }: Daily,
  budgetBytes: number,
): string {
  const budget = `the budget of ${formatBytes(budgetBytes)}`;
  const traffic = `at ${sessions} sessions a day`;
  if (verdict === "fail") {
    return `grows by ${formatBytes(bytes)} a day ${traffic} (${formatBytes(low)} to ${formatBytes(high)}), over ${budget}`;
  }
  if (verdict === "pass")
    return `at most ${formatBytes(Math.max(0, high))} a day of growth ${traffic}, within ${budget}`;
  const between = `between ${formatBytes(low)} and ${formatBytes(high)} a day ${traffic}`;
  return `${between}, against ${budget}: ${doubt ?? "run longer to tell"}`;
}
