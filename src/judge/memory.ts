import { formatBytes } from "../model/units.js";
import type { Finding } from "../model/verdict.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import { highest } from "./highest.js";
import { isOutgrown, judgeMemoryGrowth, type MemoryGrowth } from "./memory-growth.js";
import { collectedMemory, type MemorySource, outsideMemory } from "./memory-sources.js";
import { lackOf } from "./minimums.js";
import type { RunView } from "./run-view.js";

const leastBudgetBytes = 64 * 1024 ** 2;
const budgetShare = 0.1;
const hoursPerDay = 24;
const mostCounts = 12;

/** The growth over a day of production traffic stays within the budget. */
export function judgeMemory(view: RunView, rule: ActiveRule): Judged {
  const outside = outsideMemory(view);
  const source = collectedMemory(view) ?? outside;
  if (!source) return without("memory", "unchecked", unread(view));
  const budgetBytes = rule.budgetBytes ?? Math.max(leastBudgetBytes, budgetShare * source.levels.baseline);
  const lack = lackOf(view, source.levels.points.length);
  if (lack !== undefined) return unsettled(view, source, lack);
  const operationsPerDay = view.record.run.scenario.production.sessionsPerHour * hoursPerDay;
  const growth = judgeMemoryGrowth(source.levels, { budgetBytes, operationsPerDay });
  const found: Case = { view, source, growth, budgetBytes, operationsPerDay };
  if (growth.verdict === "fail") return failed(found, growthFinding(found));
  if (outside && outside !== source && isOutgrown(outside.levels, budgetBytes)) {
    return failed({ ...found, source: outside }, outgrownFinding({ ...found, source: outside }));
  }
  return { result: resultOf("memory", growth.verdict, measuresOf(found)), findings: [] };
}

interface Case {
  readonly view: RunView;
  readonly source: MemorySource;
  readonly growth: MemoryGrowth;
  readonly budgetBytes: number;
  readonly operationsPerDay: number;
}

function unread(view: RunView): string {
  if (view.baseline.length === 0) return "memory not read: the run ended before its baseline";
  const gap = view.record.snapshots
    .flatMap(({ gaps, probes }) => [...gaps, ...probes.flatMap(({ gaps }) => gaps)])
    .find(({ what }) => /smaps|status|memory/i.test(what));
  return gap
    ? `memory not read: ${gap.what}: ${gap.why}`
    : "memory not read: the record holds none of it to the end";
}

function unsettled(view: RunView, { levels }: MemorySource, reason: string): Judged {
  return { result: resultOf("memory", "inconclusive", { ...sizes(view, { levels }), reason }), findings: [] };
}

function sizes(view: RunView, { levels }: Pick<MemorySource, "levels">) {
  const { scenario, system } = view.record.run;
  return {
    baseline: levels.baseline,
    peak: highest([...levels.points.map(({ y }) => y), levels.end], levels.baseline),
    end: levels.end ?? levels.points.at(-1)?.y,
    limit: scenario.target.limits.memoryBytes ?? system.memoryBytes,
  };
}

function measuresOf(found: Case) {
  const { view, source, growth } = found;
  const { perOperation, low, high } = growth;
  return { ...sizes(view, source), perOperation, low, high, reason: reasonOf(found) };
}

function reasonOf({ source, growth, budgetBytes, operationsPerDay }: Case): string {
  const day = (perOperation: number) => formatBytes(perOperation * operationsPerDay);
  const budget = `the budget of ${formatBytes(budgetBytes)}`;
  const isInside = source.noun.startsWith("live bytes");
  const by = `${source.noun}${isInside ? "" : ", for want of a look inside with forced collections"}`;
  if (growth.verdict === "pass") {
    return `at most ${day(growth.high)} a day of growth at ${operationsPerDay} sessions a day, within ${budget} (${by})`;
  }
  if (growth.verdict === "fail") {
    return `grows by ${day(growth.perOperation)} a day (at least ${day(growth.low)}), over ${budget} (${by})`;
  }
  return `between ${day(growth.low)} and ${day(growth.high)} a day, ${budget} lies in between or the growth dies away: run longer to tell (${by})`;
}

function failed(found: Case, finding: Finding): Judged {
  const measures = measuresOf(found);
  const course = { end: measures.end ?? 0, limit: measures.limit, perOperation: meanGrowth(found) };
  const hoursToExhaustion = hoursLeft(course, found.view.record.run.scenario.production);
  const reason = found.growth.verdict === "fail" ? measures.reason : finding.summary;
  return {
    result: resultOf("memory", "fail", { ...measures, hoursToExhaustion, reason }),
    findings: [finding],
  };
}

function meanGrowth({ view, source: { levels }, growth }: Case): number {
  if (growth.verdict === "fail") return growth.perOperation;
  return ((levels.end ?? 0) - levels.baseline) / Math.max(1, view.ended);
}

function growthFinding(found: Case): Finding {
  const { view, growth } = found;
  const day = formatBytes(growth.perOperation * found.operationsPerDay);
  return {
    criterion: "memory",
    resource: found.source.noun,
    summary: `${formatBytes(growth.perOperation)} were left by each of ${view.ended} operations: ${day} a day, and the budget is ${formatBytes(found.budgetBytes)}`,
    evidence: [course(found)],
    next: "Compare two heap snapshots taken some operations apart: look for what is kept per session in a map, a list or a listener.",
  };
}

function outgrownFinding(found: Case): Finding {
  const { levels } = found.source;
  return {
    criterion: "memory",
    resource: found.source.noun,
    summary: `${found.source.noun} grew by ${formatBytes((levels.end ?? 0) - levels.baseline)} in ${found.view.ended} operations, though the live bytes of the runtime did not`,
    evidence: [course(found)],
    next: "The growth is outside of the runtime's heap: look at buffers, native modules and the memory of threads.",
  };
}

function course({ source: { levels } }: Case): string {
  const step = Math.ceil(levels.points.length / mostCounts);
  const shown = levels.points.filter((_, index) => (levels.points.length - 1 - index) % step === 0);
  const counts = shown.map(({ y }) => formatBytes(y)).join(", ");
  return `baseline ${formatBytes(levels.baseline)} → ${counts} → drain ${formatBytes(levels.end ?? 0)}`;
}
