import type { Leak } from "../model/finding.js";
import type { CriterionId } from "../model/verdict.js";
import { binomialInterval } from "../stats/binomial-interval.js";
import type { Interval } from "../stats/interval.js";
import { poissonInterval } from "../stats/poisson-interval.js";
import { type ActiveRule, type Judged, resultOf } from "./criterion.js";
import { countsLine } from "./evidence.js";
import { highest } from "./highest.js";
import type { Holdings } from "./holdings.js";
import type { RunView } from "./run-view.js";
import { passIfSeen } from "./asked.js";
import { detectableRate } from "./power.js";
import { projected } from "./projected.js";

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
  readonly findings: readonly Leak[];
}

export function judgeExact(found: ExactCase): Judged {
  const { id, view, lack, findings } = found;
  const measures = measuresOf(found);
  if (findings.length > 0) {
    const reason = findings.map(({ summary }) => summary).join("; ");
    const { perOperation: rate = 0, low = 0, high = 0 } = measures;
    const ahead = projected(view, id, { rate: { rate, low, high } });
    return { result: resultOf(id, "fail", { ...measures, ...ahead, reason }), findings };
  }
  if (lack !== undefined)
    return { result: resultOf(id, "inconclusive", { ...measures, reason: lack }), findings };
  const { verdict, reason } = passIfSeen(sightOf(found));
  return { result: resultOf(id, verdict, { ...measures, reason }), findings };
}

function measuresOf(found: ExactCase) {
  const { view, holdings, left, limit } = found;
  const sizes = holdings.points.map(({ size }) => size);
  const end = holdings.end ?? sizes.at(-1);
  const { low, high } = intervalOf(left, view.ended);
  const perOperation = (units: number) => (view.ended > 0 ? units / view.ended : undefined);
  const { detectable } = sightOf(found);
  return {
    baseline: holdings.baseline,
    peak: highest([...sizes, end], holdings.baseline),
    end,
    perOperation: perOperation(left),
    low: perOperation(low),
    high: left === 0 ? detectable : perOperation(high),
    detectable,
    limit: limit ?? undefined,
  };
}

/** Of survivors, as a count: exact. Where each operation can have left at most one, each is a trial. */
function intervalOf(left: number, operations: number): Interval {
  if (left > operations) return poissonInterval(left);
  const { low, high } = binomialInterval({ successes: left, trials: operations });
  return { low: low * operations, high: high * operations };
}

function sightOf({ view, rule, left, clean }: ExactCase) {
  const detectable = (left + 1) * detectableRate(view.ended);
  const reason = left === 0 ? clean : `${left} left, which the scenario allows`;
  return { reason, detectable, asked: rule.detectPerOperation, kind: "count" } as const;
}

/** The sizes of a set over the run. */
export function sizesLine({ baseline, points, end }: Holdings<unknown>): string {
  const sizes = points.map(({ size }) => size);
  return countsLine(baseline, sizes, end);
}
