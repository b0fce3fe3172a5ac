import { isZombie, processKey } from "../model/resource.js";
import type { ProbeSample, Snapshot } from "../model/snapshot.js";
import { formatNumber } from "../model/units.js";
import type { Finding } from "../model/verdict.js";
import { judgeCounts, type SeriesVerdict } from "./count-series.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import { countsLine } from "./evidence.js";
import { type Levels, levelsOf, sumOf } from "./levels.js";
import { lackOf } from "./minimums.js";
import type { RunView } from "./run-view.js";

/** The count at which a runtime of goroutines is in trouble, by the document that the criteria come from. */
const taskLimit = 10_000;

interface Source {
  readonly noun: string;
  /** The probe's name, or `threads`. */
  readonly name: string;
  readonly level: (snapshot: Snapshot) => number | undefined;
}

/** Goroutines or their equivalent: no growth per operation. Without a probe, threads stand in. */
export function judgeTasks(view: RunView, rule: ActiveRule): Judged {
  const source = sourceOf(view);
  const levels = levelsOf(view, source.level);
  if (!levels) return without("tasks", "unchecked", lost(view, source));
  const lack = lackOf(view, levels.points.length);
  const growth = lack === undefined ? judgeGrowth(levels, rule, source) : undefined;
  const end = levels.end ?? levels.points.at(-1)?.y;
  const measures = {
    baseline: levels.baseline,
    peak: Math.max(levels.baseline, ...levels.points.map(({ y }) => y), levels.end ?? 0),
    end,
    limit: taskLimit,
    ...growth,
    reason: `${source.name === "threads" ? "threads, for want of a look inside: " : ""}${growth?.reason ?? lack}`,
  };
  if (growth?.verdict !== "fail") {
    return { result: resultOf("tasks", growth?.verdict ?? "inconclusive", measures), findings: [] };
  }
  const course = { end: end ?? 0, limit: taskLimit, perOperation: growth.perOperation };
  const hoursToExhaustion = hoursLeft(course, view.record.run.scenario.production);
  const result = resultOf("tasks", "fail", { ...measures, hoursToExhaustion });
  return { result, findings: [leak({ view, levels, growth, source })] };
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
  if (probe === undefined)
    return { noun: "threads", name: "threads", level: (snapshot) => threads(view, snapshot) };
  const pids = first.filter((sample) => sample.probe === probe).map(({ pid }) => pid);
  const level = ({ probes }: Snapshot) =>
    sumOf(pids.map((pid) => probes.find((sample) => sample.probe === probe && sample.pid === pid)?.tasks));
  return { noun: "tasks", name: probe, level };
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

interface Leak {
  readonly view: RunView;
  readonly levels: Levels;
  readonly growth: SeriesVerdict;
  readonly source: Source;
}

function leak({ view, levels, growth, source }: Leak): Finding {
  const left = (levels.end ?? 0) - levels.baseline;
  const types = grownTypes(view, source);
  const which = types.length > 0 ? `: ${types.slice(0, 3).join(", ")}` : "";
  return {
    criterion: "tasks",
    resource: types[0] === undefined ? source.noun : `task ${types[0]}`,
    summary: `${left} ${source.noun} were left by ${view.ended} operations (${formatNumber(growth.perOperation)} each)${which}`,
    evidence: [
      ...types,
      countsLine(
        levels.baseline,
        levels.points.map(({ y }) => y),
        levels.end,
      ),
      `counted by: ${source.name}`,
    ],
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
