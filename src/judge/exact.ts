import type { CriterionId, Finding } from "../model/verdict.js";
import { ruleOfThree } from "../stats/rule-of-three.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf } from "./criterion.js";
import { countsLine } from "./evidence.js";
import { highest } from "./highest.js";
import type { Holdings } from "./holdings.js";
import type { RunView } from "./run-view.js";
import { powerOf } from "./wording.js";

/** A criterion for which one survivor is a failure: no statistics. */
export interface ExactCase {
  readonly id: CriterionId;
  readonly view: RunView;
  readonly rule: ActiveRule;
  readonly holdings: Holdings<unknown>;
  /** Survivors that count. */
  readonly left: number;
  /** What the record lacks for a pass. */
  readonly lack: string | undefined;
  readonly limit: number | null | undefined;
  /** What to say when nothing is left. */
  readonly clean: string;
  /** What is wrong; survivors beyond `allow` must be among it. */
  readonly findings: readonly Finding[];
}

export function judgeExact(found: ExactCase): Judged {
  const { id, lack, findings } = found;
  const measures = measuresOf(found);
  if (findings.length > 0) {
    const reason = findings.map(({ summary }) => summary).join("; ");
    const hoursToExhaustion = hoursOf(found);
    return { result: resultOf(id, "fail", { ...measures, hoursToExhaustion, reason }), findings };
  }
  if (lack !== undefined)
    return { result: resultOf(id, "inconclusive", { ...measures, reason: lack }), findings };
  return { result: resultOf(id, "pass", { ...measures, reason: cleanReason(found) }), findings };
}

function measuresOf({ view, holdings, left, limit }: ExactCase) {
  const sizes = holdings.points.map(({ size }) => size);
  const end = holdings.end ?? sizes.at(-1);
  const perOperation = view.ended > 0 ? left / view.ended : undefined;
  return {
    baseline: holdings.baseline,
    peak: highest([...sizes, end], holdings.baseline),
    end,
    perOperation,
    low: perOperation,
    high: left === 0 ? ruleOfThree(view.ended) : perOperation,
    limit: limit ?? undefined,
  };
}

function hoursOf({ view, holdings, left, limit }: ExactCase): number | undefined {
  const course = { end: holdings.end ?? 0, limit, perOperation: left / Math.max(1, view.ended) };
  return hoursLeft(course, view.record.run.scenario.production);
}

function cleanReason({ view, left, clean }: ExactCase): string {
  const what = left === 0 ? clean : `${left} left, which the scenario allows`;
  return `${what}; ${powerOf(view.ended)}`;
}

/** The sizes of a set over the run. */
export function sizesLine({ baseline, points, end }: Holdings<unknown>): string {
  const sizes = points.map(({ size }) => size);
  return countsLine(baseline, sizes, end);
}
