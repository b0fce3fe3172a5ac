import type { Leak } from "../../model/finding.js";
import { formatBytes, formatDuration } from "../../model/units.js";
import { type ActiveRule, type Judged, resultOf, without } from "../criterion.js";
import { type Daily, type DayLimits, dailyVerdict, leastBudgetBytes } from "../daily-growth.js";
import { type JudgedLevel, judgeLevels, sizesOf } from "../judge-levels.js";
import { budgetShare, courseOf, unread } from "../memory.js";
import { type MemorySeries, memorySeries } from "../memory-series.js";
import { ceilingAhead, projected } from "../projected.js";
import { runRigour } from "../rigour.js";
import type { RunView } from "../run-view.js";
import { rateText } from "../wording.js";
import { collectionsIn } from "./collections.js";
import { lackOf } from "./lack.js";
import { isYoung, warmed } from "./levels.js";
import { explainedBy, loadOf } from "./load.js";
import { sizes } from "./result.js";
import { type WatchedView, watchedView } from "./watched-view.js";
import { loadText } from "./words.js";

const hourMs = 3_600_000;
/** A collector that has emptied the heap so often has shown its floor. */
const leastCollections = 3;
/** Without a collection seen garbage may have piled up: to this many times the start, and that is a lot of garbage. */
const manifold = 3;
/** What a session may hold: buffers, a parser, a conversation. */
const bytesPerConnection = 4 * 1024 ** 2;

/** Growth over a day stays within the budget. Nobody forced a collection, so what looks like growth may be garbage. */
export function judgeWatchedMemory(run: RunView, rule: ActiveRule): Judged {
  const view = watchedView(run);
  const all = memorySeries(view).filter(({ series }) => series.baseline.length > 0);
  const levels = all.map((level) => warmed(view, level));
  const main = levels[0];
  if (!main) return without("memory", "unchecked", unread(view));
  const lack = lackOf(view, main.series.points.length);
  if (lack !== undefined) {
    return { result: resultOf("memory", "inconclusive", { ...sizes(main), reason: lack }), findings: [] };
  }
  const judged = judgeLevels(levels, runRigour(view, { ...rule, detectPerOperation: undefined }));
  const found = judged.map((one) => caseOf({ view, rule }, one)).toSorted(graver);
  const worst =
    found.find(({ verdict }) => verdict !== "pass") ?? found.find(({ one }) => one.level === main);
  return worst ? judgedBy(worst) : without("memory", "unchecked", unread(view));
}

interface Surroundings {
  readonly view: WatchedView;
  readonly rule: ActiveRule;
}

interface Case extends Surroundings {
  readonly one: JudgedLevel<MemorySeries>;
  readonly budgetBytes: number;
  readonly day: Daily;
  readonly verdict: Daily["verdict"];
  /** Why a growth is not held against the server. */
  readonly doubt: string | undefined;
}

function caseOf({ view, rule }: Surroundings, one: JudgedLevel<MemorySeries>): Case {
  const baseline = Math.min(...one.level.series.baseline);
  const budgetBytes = rule.budgetBytes ?? Math.max(leastBudgetBytes, budgetShare * baseline);
  const { sessionsPerHour } = view.record.run.scenario.production;
  const limits: DayLimits = { budgetBytes, sessionsPerHour, asked: rule.detectPerOperation };
  const day = dailyVerdict(one, limits, false);
  const doubt = day.verdict === "fail" ? doubtOf(view, one) : day.doubt;
  const verdict = day.verdict === "fail" && doubt !== undefined ? "inconclusive" : day.verdict;
  return { view, rule, one, budgetBytes, day, verdict, doubt };
}

function doubtOf(view: WatchedView, { level, verdict }: JudgedLevel<MemorySeries>): string | undefined {
  const { baseline, end = 0 } = sizesOf(level.series);
  const load = loadOf(view);
  const surely = (verdict.numbers["lowAtAlpha"] ?? 0) * view.span;
  // What a runtime has for itself does not grow with the load, so nothing is held in proportion to it.
  if (surely <= explainedBy(load, { held: 0, perConnection: bytesPerConnection })) {
    return `${loadText(load)}, which may be why`;
  }
  if (level.isInside || collectionsIn(view, level) >= leastCollections) return undefined;
  if (end >= manifold * baseline) return undefined;
  const hoursMore = ((manifold * baseline - end) * view.spanMs) / Math.max(1, end - baseline);
  return `nothing was given back, so it may be garbage that was not collected yet: ${formatDuration(view.spanMs + hoursMore)} of watching would tell`;
}

const gravity = ["fail", "inconclusive", "pass"];

function graver(a: Case, b: Case): number {
  return gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict);
}

function judgedBy(found: Case): Judged {
  const { view, one, day, budgetBytes, verdict } = found;
  const { perOperation, low, high, detectable, shape, numbers } = one.verdict;
  const reason = `${growthText(found)} (${one.level.noun})`;
  const told = {
    ...sizes(one.level),
    perOperation,
    low,
    high,
    detectable,
    shape,
    numbers: { ...numbers, budgetBytes, ...day.numbers },
    reason,
  };
  if (verdict !== "fail") {
    return {
      result: resultOf("memory", verdict, { ...told, ...ceilingAhead(view, "memory") }),
      findings: [],
    };
  }
  const ahead = projected(view, "memory", { rate: { rate: perOperation, low, high } });
  return { result: resultOf("memory", "fail", { ...told, ...ahead }), findings: [leak(found, reason)] };
}

function growthText({ view, day, budgetBytes, verdict, doubt }: Case): string {
  const budget = `the budget of ${formatBytes(budgetBytes)}`;
  const { bytes, low, high } = day;
  if (verdict === "fail") {
    return `grows by ${formatBytes(bytes)} a day (${formatBytes(low)} to ${formatBytes(high)}), over ${budget}`;
  }
  if (verdict === "pass")
    return `at most ${formatBytes(Math.max(0, high))} a day of growth, within ${budget}`;
  return `between ${formatBytes(low)} and ${formatBytes(high)} a day, against ${budget}: ${doubt ?? longer(view, day, budgetBytes)}`;
}

/** The error of a slope falls with the time to the power of three halves, where the noise stays what it is. */
function longer(view: WatchedView, { bytes, high }: Daily, budgetBytes: number): string {
  const room = budgetBytes - bytes;
  const start = isYoung(view) ? "the server had just been started; " : "";
  if (!(room > 0)) return `${start}watch longer to tell`;
  const times = ((high - bytes) / room) ** (2 / 3);
  const hours = Math.ceil((2 * times * view.spanMs) / hourMs) || 1;
  return `${start}about ${formatDuration(hours * hourMs)} of watching would tell`;
}

function leak({ view, one }: Case, reason: string): Leak {
  return {
    criterion: "memory",
    resource: one.level.noun,
    summary: `${rateText(one.verdict.perOperation, "memory", view.unit)} were left: ${reason}`,
    evidence: [courseOf(one.level)],
    next: "Compare two heap snapshots taken some time apart: look for what is kept per session in a map, a list or a listener.",
    left: [],
  };
}
