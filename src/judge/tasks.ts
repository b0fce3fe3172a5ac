import { processKey } from "../model/resource.js";
import type { ProbeSample } from "../model/snapshot.js";
import type { Leak } from "../model/finding.js";
import { passIfSeen } from "./asked.js";
import { type ActiveRule, type Judged, resultOf, without } from "./criterion.js";
import { countsLine } from "./evidence.js";
import { highest } from "./highest.js";
import { type JudgedLevel, judgeLevels, type Level, sizesOf } from "./judge-levels.js";
import { lackOf } from "./minimums.js";
import { ceilingAhead, projected } from "./projected.js";
import { runRigour } from "./rigour.js";
import type { RunView } from "./run-view.js";
import { type TaskSource, taskSource } from "./task-series.js";
import { counted, leftBy } from "./wording.js";

/** Goroutines or their equivalent: no growth per operation. Without a probe, threads stand in. */
export function judgeTasks(view: RunView, rule: ActiveRule): Judged {
  const source = taskSource(view);
  const main = source.levels[0];
  const blind = blindness(view, source) ?? (main && isLost(view, main) ? lost(view, source) : undefined);
  if (!main || blind !== undefined) return without("tasks", "unchecked", blind ?? lost(view, source));
  const lack = lackOf(view, main.series.points.length);
  if (lack !== undefined) {
    const reason = told(source, lack);
    return { result: resultOf("tasks", "inconclusive", { ...measured(main), reason }), findings: [] };
  }
  const [gravest] = judgeLevels(source.levels, runRigour(view, rule));
  return gravest
    ? judged({ view, rule, source, gravest })
    : without("tasks", "unchecked", lost(view, source));
}

interface Case {
  readonly view: RunView;
  readonly rule: ActiveRule;
  readonly source: TaskSource;
  readonly gravest: JudgedLevel<Level>;
}

function judged({ view, rule, source, gravest }: Case): Judged {
  const { level, verdict } = gravest;
  const left = leftIn(level);
  const measures = { ...measured(level), ...verdict, ...ceilingAhead(view, "tasks") };
  if (verdict.verdict !== "pass" && rule.allow > 0 && left <= rule.allow) {
    const detectable = Math.max(verdict.detectable, verdict.high);
    const reason = `${counted(left, source.noun)} left, which the scenario allows`;
    const seen = passIfSeen({ reason, detectable, asked: rule.detectPerOperation, kind: "count" });
    const allowed = { ...measures, detectable, reason: told(source, seen.reason) };
    return { result: resultOf("tasks", seen.verdict, allowed), findings: [] };
  }
  if (verdict.verdict !== "fail") {
    const reason = told(source, verdict.reason);
    return { result: resultOf("tasks", verdict.verdict, { ...measures, reason }), findings: [] };
  }
  const { perOperation: rate, low, high, perHour } = verdict;
  const ahead = projected(view, "tasks", { rate: { rate, low, high }, perHour });
  const finding = taskLeak(view, { source, level });
  const reason = told(source, `${finding.summary}; ${verdict.reason}`);
  return { result: resultOf("tasks", "fail", { ...measures, ...ahead, reason }), findings: [finding] };
}

function measured({ series }: Level) {
  const { baseline, values, end } = sizesOf(series);
  return { baseline, peak: highest([...values, end], baseline), end };
}

function leftIn({ series }: Level): number {
  const { baseline, end } = sizesOf(series);
  return (end ?? baseline) - baseline;
}

export function told({ name }: TaskSource, reason: string): string {
  return name === "threads" ? `threads, for want of a look inside: ${reason}` : reason;
}

/** The drain was looked at, but not this. */
function isLost(view: RunView, { series }: Level): boolean {
  return series.baseline.length === 0 || (view.drain.length > 0 && series.drain.length === 0);
}

/** A look inside that was asked for, and that a runtime like this offers, but that never came about. */
export function blindness(view: RunView, { name }: TaskSource): string | undefined {
  if (name !== "threads" || view.baseline.length === 0) return undefined;
  const failed = failedCommand(view);
  if (failed !== undefined) return `tasks not counted: ${failed}`;
  const asked = placeAsked(view);
  if (asked !== undefined) {
    return `tasks not counted: the look at ${asked} gave none at the baseline, and threads would not show them`;
  }
  const isNode = view.baseline[0]?.processes.some(
    (entry) => view.oldHands.has(processKey(entry)) && isNodeCommand(entry.command),
  );
  const note = view.record.notes.find((text) => text.startsWith("no look inside the target"));
  return isNode && note !== undefined ? `tasks not counted: ${note}` : undefined;
}

/** Why a program that the scenario names told nothing. */
function failedCommand({ record, baseline }: RunView): string | undefined {
  const { commands = [] } = record.run.scenario.probes;
  const failed = baseline[0]?.probes.find(
    ({ probe, gaps }) => gaps.length > 0 && commands.some(({ name }) => name === probe),
  );
  return failed?.gaps.map(({ what, why }) => `${what}: ${why}`).join("; ");
}

/** Where the scenario says that tasks are told. */
function placeAsked(view: RunView): string | undefined {
  const { prometheus, go = "auto" } = view.record.run.scenario.probes;
  return prometheus ?? (go === "auto" || go === "off" ? undefined : go);
}

/** Threads of a Node process are a pool: they show none of what it waits for. */
function isNodeCommand(command: string): boolean {
  return /^(\S*\/)?node(js)?( |$)/.test(command);
}

export function lost(view: RunView, { name }: TaskSource): string {
  if (view.baseline.length === 0) return "tasks not counted: the run ended before its baseline";
  const gap = view.record.snapshots
    .flatMap(({ probes }) => probes.filter(({ probe }) => probe === name))
    .flatMap(({ gaps }) => gaps)
    .at(-1);
  return `tasks not counted: the ${name} look was lost during the run${gap ? `: ${gap.what}: ${gap.why}` : ""}`;
}

export function taskLeak(
  view: RunView,
  { source, level }: Pick<Case, "source"> & { readonly level: Level },
): Leak {
  const types = grownTypes(view, source);
  const grown = types.map(({ type, from, to }) => `${type} ${from} → ${to}`);
  const which = grown.length > 0 ? `: ${grown.slice(0, 3).join(", ")}` : "";
  const where = level.of === "the whole tree" || source.levels.length === 1 ? "" : ` in ${level.of}`;
  const { baseline, values, end } = sizesOf(level.series);
  return {
    criterion: "tasks",
    resource: types[0] === undefined ? source.noun[1] : `${kindOf(source)} ${types[0].type}`,
    summary: `${leftBy(leftIn(level), view, source.noun)}${where}${which}`,
    evidence: [...grown, countsLine(baseline, values, end), `counted by: ${source.name}`],
    next: "Find what is started per session and never ends: a timer, a listener, a reader of a stream, a goroutine that waits.",
    left: [],
  };
}

/** A thread is called so, since its name is its pool's; all else is a task. */
function kindOf({ name }: TaskSource): string {
  return name === "threads" ? "thread" : "task";
}

interface Grown {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** The most grown first. */
function grownTypes(view: RunView, source: TaskSource): Grown[] {
  const before = typesOf(view.baseline.at(-1)?.probes, source);
  const after = typesOf((view.drain.at(-1) ?? view.batches.at(-1))?.probes, source);
  return [...after]
    .map(([type, count]) => ({ type, from: before.get(type) ?? 0, to: count }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => b.to - b.from - (a.to - a.from));
}

function typesOf(probes: readonly ProbeSample[] | undefined, source: TaskSource): Map<string, number> {
  const types = new Map<string, number>();
  for (const { probe, tasksByType } of probes ?? []) {
    if (probe !== source.name) continue;
    for (const [type, count] of Object.entries(tasksByType ?? {}))
      types.set(type, (types.get(type) ?? 0) + count);
  }
  return types;
}
