import { formatBytes, formatNumber } from "../model/units.js";
import type { Leak } from "../model/finding.js";
import { type ActiveRule, type Judged, resultOf, without } from "./criterion.js";
import { type HeldToTheEnd, heldToTheEnd } from "./held-to-the-end.js";
import { highest } from "./highest.js";
import { type JudgedLevel, judgeLevels, sizesOf } from "./judge-levels.js";
import { type MemorySeries, memorySeries } from "./memory-series.js";
import { lackOf } from "./minimums.js";
import { projected } from "./projected.js";
import { runRigour } from "./rigour.js";
import { gapText } from "./readable.js";
import type { RunView } from "./run-view.js";
import { type Daily, dailyVerdict, growthText, leastBudgetBytes } from "./daily-growth.js";

export const budgetShare = 0.1;
const mostCounts = 12;
const wholeTree = "the whole tree";

/** Growth over a day of production traffic stays within the budget: in each process, and in the whole tree. */
export function judgeMemory(view: RunView, rule: ActiveRule): Judged {
  const all = memorySeries(view).filter(
    ({ series }) => series.baseline.length > 0 && isToTheEnd(view, series),
  );
  const main = all[0];
  if (!main) return without("memory", "unchecked", unread(view));
  const lack = lackOf(view, main.series.points.length);
  if (lack !== undefined) {
    return { result: resultOf("memory", "inconclusive", { ...sizes(main), reason: lack }), findings: [] };
  }
  const judged = judgeLevels(all, runRigour(view, { ...rule, detectPerOperation: undefined }));
  const surroundings = { view, rule, all, held: heldToTheEnd(view) };
  const found = judged.map((one) => caseOf(surroundings, one)).toSorted(graver);
  const worst =
    found.find(({ day }) => day.verdict !== "pass") ?? found.find(({ one }) => one.level === main);
  return worst ? judgedBy(worst) : without("memory", "unchecked", unread(view));
}

interface Surroundings {
  readonly view: RunView;
  readonly rule: ActiveRule;
  /** Every series of memory in the run. */
  readonly all: readonly MemorySeries[];
  readonly held: HeldToTheEnd | undefined;
}

interface Case extends Surroundings {
  readonly one: JudgedLevel<MemorySeries>;
  readonly budgetBytes: number;
  readonly day: Daily;
}

function caseOf(surroundings: Surroundings, one: JudgedLevel<MemorySeries>): Case {
  const { view, rule, all, held } = surroundings;
  const baseline = Math.min(...one.level.series.baseline);
  const budgetBytes = rule.budgetBytes ?? Math.max(leastBudgetBytes, budgetShare * baseline);
  const { sessionsPerHour } = view.record.run.scenario.production;
  const limits = { budgetBytes, sessionsPerHour, asked: rule.detectPerOperation };
  const isShadowed = !one.level.isInside && isSeenInside(all, one.level);
  const day = dailyVerdict(one, limits, isShadowed);
  const doubted = one.level.isInside || !held ? day : inDoubt(day, held);
  return { ...surroundings, one, budgetBytes, day: doubted };
}

/** From outside, what is free again and kept by the allocator looks like what is held. */
function inDoubt(day: Daily, { noun, count }: HeldToTheEnd): Daily {
  if (day.verdict !== "fail") return day;
  const doubt = `${formatNumber(count)} ${noun} were held until the drain gave them back, and their memory may be free though the process keeps it; run longer than that takes, or shorten the server's own timeouts`;
  return { ...day, verdict: "inconclusive", doubt };
}

/**
 * Seen from inside as well, after a forced collection: then from outside only a growth beyond the budget counts. A place
 * that no probe looked into is not; the sum is, where any place was, since each is judged for itself.
 */
function isSeenInside(all: readonly MemorySeries[], { of }: MemorySeries): boolean {
  return all.some((other) => other.isInside && (of === wholeTree || other.of === of));
}

const gravity = ["fail", "inconclusive", "pass"];

function graver(a: Case, b: Case): number {
  return gravity.indexOf(a.day.verdict) - gravity.indexOf(b.day.verdict);
}

function isToTheEnd(view: RunView, { drain }: MemorySeries["series"]): boolean {
  return view.drain.length === 0 || drain.length > 0;
}

export function unread(view: RunView): string {
  if (view.baseline.length === 0) return "memory not read: the run ended before its baseline";
  const gap = view.record.snapshots
    .flatMap(({ gaps, probes }) => [...gaps, ...probes.flatMap(({ gaps }) => gaps)])
    .find(({ what }) => /smaps|status|memory/i.test(what));
  return gap ? `memory not read: ${gapText(gap)}` : "memory not read: the record holds none of it to the end";
}

function sizes({ series }: MemorySeries) {
  const { baseline, values, end } = sizesOf(series);
  return { baseline, peak: highest([...values, end], baseline), end };
}

function judgedBy(found: Case): Judged {
  const { view, one, day, budgetBytes, all } = found;
  const { perOperation, low, high, detectable, shape, numbers, perHour } = one.verdict;
  const rate = { rate: perOperation, low, high };
  const ahead = projected(view, "memory", { rate, perHour });
  const { limit, ceiling } = ahead;
  const by = byText(one.level, all.filter(({ isInside }) => isInside === one.level.isInside).length);
  const measures = {
    ...sizes(one.level),
    perOperation,
    low,
    high,
    detectable,
    shape,
    perHour,
    limit,
    ceiling,
  };
  const reason = `${growthText(day, budgetBytes)} (${by})`;
  const told = { ...measures, numbers: { ...numbers, budgetBytes, ...day.numbers }, reason };
  if (day.verdict !== "fail") return { result: resultOf("memory", day.verdict, told), findings: [] };
  return { result: resultOf("memory", "fail", { ...told, ...ahead }), findings: [leak(found, reason)] };
}

/** @param alike series of the same kind: only one of several needs a name */
function byText({ noun, of, isInside }: MemorySeries, alike: number): string {
  const where = alike < 2 ? noun : `${noun} of ${of}`;
  return isInside ? where : `${where}, seen from outside`;
}

function leak({ view, one, day }: Case, summary: string): Leak {
  const { level, verdict } = one;
  const each = `${formatBytes(verdict.perOperation)} were left by each of ${view.ended} operations`;
  return {
    criterion: "memory",
    resource: level.noun,
    summary: `${each}: ${summary}`,
    evidence: [courseOf(level)],
    next: day.isOutgrown
      ? "The growth is outside of the runtime's heap: look at buffers, native modules and the memory of threads."
      : "Compare two heap snapshots taken some operations apart: look for what is kept per session in a map, a list or a listener.",
    left: [],
  };
}

export function courseOf({ series }: Pick<MemorySeries, "series">): string {
  const { baseline, values, end } = sizesOf(series);
  const step = Math.ceil(values.length / mostCounts);
  const shown = values.filter((_, index) => (values.length - 1 - index) % step === 0).map(formatBytes);
  const last = series.drain.length > 0 ? ` → drain ${formatBytes(end ?? 0)}` : "";
  return `baseline ${formatBytes(baseline)} → ${shown.join(", ")}${last}`;
}
