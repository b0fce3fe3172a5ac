import type { Leak } from "../../model/finding.js";
import type { CriterionId, CriterionResult } from "../../model/verdict.js";
import { poissonInterval } from "../../stats/poisson-interval.js";
import { type Judged, resultOf } from "../criterion.js";
import { highest } from "../highest.js";
import { type Level, sizesOf } from "../judge-levels.js";
import { ceilingAhead, projected } from "../projected.js";
import type { Growth } from "./judge-growth.js";
import type { WatchedView } from "./watched-view.js";

export function sizes({ series }: Pick<Level, "series">): Pick<CriterionResult, "baseline" | "peak" | "end"> {
  const { baseline, values, end } = sizesOf(series);
  return { baseline, peak: highest([...values, end], baseline), end };
}

export interface Told {
  readonly id: CriterionId;
  readonly view: WatchedView;
  readonly growth: Growth<unknown>;
  /** What is wrong; empty = the growth's own verdict counts. */
  readonly findings: readonly Leak[];
  /** Units that are surely left, where the growth itself does not fail. */
  readonly stuck: number;
}

/** The result of a criterion that is judged by its growth and by what is stuck. */
export function judgedBy({ id, view, growth, findings, stuck }: Told): Judged {
  const measures = { ...sizes(growth.level), ...ratesOf(view, growth, stuck) };
  if (findings.length === 0) {
    const { verdict, reason } = growth;
    return { result: resultOf(id, verdict, { ...measures, ...ceilingAhead(view, id), reason }), findings };
  }
  const { perOperation: rate, low, high } = measures;
  const ahead = projected(view, id, { rate: { rate, low, high } });
  const reason = findings.map(({ summary }) => summary).join("; ");
  return { result: resultOf(id, "fail", { ...measures, ...ahead, reason }), findings };
}

function ratesOf({ span }: WatchedView, growth: Growth<unknown>, stuck: number) {
  const { rate, low, high, detectable, shape, numbers } = growth;
  const known = { perOperation: rate, low, high, detectable, shape, numbers };
  if (growth.verdict === "fail" || stuck === 0) {
    const isNone = growth.verdict === "pass" && growth.isByLives;
    return isNone ? { ...known, perOperation: 0, low: 0, high: detectable } : known;
  }
  const interval = poissonInterval(stuck);
  const each = Math.max(1, span);
  return {
    ...known,
    shape: "rare leak" as const,
    perOperation: stuck / each,
    low: interval.low / each,
    high: interval.high / each,
  };
}
