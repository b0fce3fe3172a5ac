import { isZombie, processKey } from "../model/resource.js";
import type { ProbeSample, Snapshot } from "../model/snapshot.js";
import type { Finding } from "../model/verdict.js";
import { judgeCounts, type SeriesVerdict } from "./count-series.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import { countsLine } from "./evidence.js";
import { highest } from "./highest.js";
import { type Levels, levelsOf, sumOf } from "./levels.js";
import { lackOf } from "./minimums.js";
import type { RunView } from "./run-view.js";
import { leftBy } from "./wording.js";

/** The count at which a runtime of goroutines is in trouble, by the document that the criteria come from. */
const taskLimit = 10_000;

interface Source {
  readonly noun: readonly [string, string];
  /** The probe's name, or `threads`. */
  readonly name: string;
  readonly level: (snapshot: Snapshot) => number | undefined;
}

/** Goroutines or their equivalent: no growth per operation. Without a probe, threads stand in. */
export function judgeTasks(view: RunView, rule: ActiveRule): Judged {
  const source = sourceOf(view);
  const levels = levelsOf(view, source.level);
  if (!levels) return without("tasks", "unchecked", lost(view, source));
  const measures = sizesOf(levels);
  const told = (reason: string) =>
    source.name === "threads" ? `threads, for want of a look inside: ${reason}` : reason;
  const lack = lackOf(view, levels.points.length);
  if (lack !== undefined) {
    return { result: resultOf("tasks", "inconclusive", { ...measures, reason: told(lack) }), findings: [] };
  }
  const growth = judgeGrowth(levels, rule, source);
  const all = { ...measures, ...growth, reason: told(growth.reason) };
  if (growth.verdict !== "fail") return { result: resultOf("tasks", growth.verdict, all), findings: [] };
  const course = { end: measures.end ?? 0, limit: taskLimit, perOperation: growth.perOperation };
  const hoursToExhaustion = hoursLeft(course, view.record.run.scenario.production);
  const result = resultOf("tasks", "fail", { ...all, hoursToExhaustion });
  return { result, findings: [leak(view, levels, source)] };
}

function sizesOf({ baseline, points, end }: Levels) {
  const counts = points.map(({ y }) => y);
  return { baseline, peak: highest([...counts, end], baseline), end: end ?? counts.at(-1), limit: taskLimit };
}

function judgeGrowth(levels: Levels, rule: ActiveRule, source: Source): SeriesVerdict {
  return judgeCounts({
    points: levels.points.map(({ x, y }) => ({ x, y: y - levels.baseline })),
    residual: (levels.end ?? 0) - levels.baseline,
    replaced: 0,
    allow: rule.allow,
    births: undefined,
    noun: source.noun,
  });
}

/** The Node probe sees more than a metrics page that the target writes itself. */
function sourceOf(view: RunView): Source {
  const first = view.baseline[0]?.probes.filter(({ tasks }) => typeof tasks === "number") ?? [];
  const probe = (first.find(({ probe }) => probe === "node") ?? first[0])?.probe;
  if (probe === undefined) {
    return { noun: ["thread", "threads"], name: "threads", level: (snapshot) => threads(view, snapshot) };
  }
  const pids = first.filter((sample) => sample.probe === probe).map(({ pid }) => pid);
  const level = ({ probes }: Snapshot) =>
    sumOf(pids.map((pid) => probes.find((sample) => sample.probe === probe && sample.pid === pid)?.tasks));
  return { noun: ["task", "tasks"], name: probe, level };
}

function threads(view: RunView, { processes }: Snapshot): number | undefined {
  const mine = processes.filter((entry) => view.oldHands.has(processKey(entry)) && !isZombie(entry));
  return sumOf(mine.map(({ threads }) => threads));
}

function lost(view: RunView, { name }: Source): string {
  if (view.baseline.length === 0) return "tasks not counted: the run ended before its baseline";
  const gap = view.record.snapshots
    .flatMap(({ probes }) => probes.filter(({ probe }) => probe === name))
    .flatMap(({ gaps }) => gaps)
    .at(-1);
  return `tasks not counted: the ${name} look was lost during the run${gap ? `: ${gap.what}: ${gap.why}` : ""}`;
}

function leak(view: RunView, levels: Levels, source: Source): Finding {
  const left = (levels.end ?? 0) - levels.baseline;
  const types = grownTypes(view, source);
  const which = types.length > 0 ? `: ${types.slice(0, 3).join(", ")}` : "";
  const counts = levels.points.map(({ y }) => y);
  return {
    criterion: "tasks",
    resource: types[0] === undefined ? source.noun[1] : `task ${types[0].split(" ")[0]}`,
    summary: `${leftBy(left, view.ended, source.noun)}${which}`,
    evidence: [...types, countsLine(levels.baseline, counts, levels.end), `counted by: ${source.name}`],
    next: "Find what is started per session and never ends: a timer, a listener, a reader of a stream, a goroutine that waits.",
  };
}

/** `Timeout 3 → 103`, the most grown first. */
function grownTypes(view: RunView, source: Source): string[] {
  const before = typesOf(view.baseline.at(-1)?.probes, source);
  const after = typesOf(view.drain.at(-1)?.probes, source);
  return [...after]
    .map(([type, count]) => ({ type, from: before.get(type) ?? 0, to: count }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .map(({ type, from, to }) => `${type} ${from} → ${to}`);
}

function typesOf(probes: readonly ProbeSample[] | undefined, source: Source): Map<string, number> {
  const types = new Map<string, number>();
  for (const { probe, tasksByType } of probes ?? []) {
    if (probe !== source.name) continue;
    for (const [type, count] of Object.entries(tasksByType ?? {}))
      types.set(type, (types.get(type) ?? 0) + count);
  }
  return types;
}
