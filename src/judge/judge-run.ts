import type { Leak } from "../model/finding.js";
import type { RunRecord } from "../model/record.js";
import {
  type CriterionId,
  criterionIds,
  type CriterionResult,
  type ScenarioResult,
  type ScenarioVerdict,
} from "../model/verdict.js";
import { type ActiveRule, type Judged, without } from "./criterion.js";
import { excusedText } from "./excuses.js";
import { vacuity } from "./guards.js";
import { judgeFds } from "./fds.js";
import { withIdle } from "./idle.js";
import { judgeMemory } from "./memory.js";
import { failuresText, notesOf } from "./notes.js";
import { judgeProcesses } from "./processes.js";
import { judgePtys } from "./ptys.js";
import { type RunView, viewOf } from "./run-view.js";
import { judgeTasks } from "./tasks.js";
import { watchedJudges } from "./watch/judges.js";
import { judgeZombies } from "./zombies.js";

const judges: Readonly<Record<CriterionId, (view: RunView, rule: ActiveRule) => Judged>> = {
  tasks: judgeTasks,
  processes: judgeProcesses,
  fds: judgeFds,
  memory: judgeMemory,
  zombies: judgeZombies,
  ptys: judgePtys,
};

/** The verdict, before it is known who left what: see src/ledger. */
export interface Judgement extends Omit<ScenarioResult, "findings" | "flows"> {
  readonly findings: readonly Leak[];
}

/** Judges a record: a pure function, so yesterday's run can be judged again. */
export function judgeRun(record: RunRecord): Judgement {
  return judgeView(viewOf(record));
}

export function judgeView(view: RunView): Judgement {
  const { record } = view;
  const judged = criterionIds.map((id) => judgeCriterion(view, id));
  const criteria = judged.map(({ result }) => result);
  const unlanded = stallOf(record) ?? loadFailure(view);
  const broke = endedBroke(record) ?? (verdictOf(criteria) === "fail" ? undefined : unlanded);
  return {
    name: record.run.scenario.name,
    verdict: broke === undefined ? wholeVerdict(record, verdictOf(criteria)) : "broke",
    interrupted: view.interrupted,
    ...(record.run.watched ? { watched: record.run.watched } : {}),
    operations: view.operations,
    durationMs: lastMs(record) - record.run.startedAtMs,
    sessionsPerHour: record.run.scenario.production.sessionsPerHour,
    criteria,
    findings: judged.flatMap(({ findings }) => findings),
    allowances: view.allowances,
    notes: notesBeside(broke ?? unlanded, notesOf(view), broke === undefined),
    broke,
    logTail: broke !== undefined || record.stop?.graceful === false ? logTailOf(record) : [],
  };
}

/** A note that the reason has said already is not said again; where nothing broke, the reason is a note itself. */
function notesBeside(reason: string | undefined, notes: readonly string[], isNote: boolean): string[] {
  const others = notes.filter((note) => !reason?.endsWith(note));
  return isNote && reason !== undefined ? [reason, ...others] : others;
}

function endedBroke({ end }: RunRecord): string | undefined {
  if (end?.outcome !== "broke") return undefined;
  return end.reason ?? "the target or the environment broke";
}

/** A leak may be what stopped the load, so this decides only where no criterion failed. */
function stallOf({ end }: RunRecord): string | undefined {
  if (end?.outcome !== "stalled") return undefined;
  return end.reason ?? "the load ended early";
}

function logTailOf({ end }: RunRecord): readonly string[] {
  return end?.logTail ?? [];
}

function judgeCriterion(view: RunView, id: CriterionId): Judged {
  const rule = view.record.run.scenario.criteria[id];
  if (rule.dropped) return without(id, "dropped", rule.why);
  const judged = withExcuse(view, found(view, { id, rule }));
  const vacuous = judged.result.verdict === "pass" ? vacuity(view, id) : undefined;
  return vacuous === undefined
    ? judged
    : { ...judged, result: { ...judged.result, verdict: "unchecked", reason: vacuous } };
}

/** Where nobody paced the load no drain tells anything, and a rate may be by time. */
function found(view: RunView, { id, rule }: { readonly id: CriterionId; readonly rule: ActiveRule }): Judged {
  if (!view.record.run.watched) return withIdle(view, judges[id](view, rule));
  const judged = watchedJudges[id](view, rule);
  return view.unit === "operations" ? judged : { ...judged, result: { ...judged.result, per: "second" } };
}

/** A pass that leaves something out says what. */
function withExcuse({ excused }: RunView, judged: Judged): Judged {
  const { result } = judged;
  const what = result.verdict === "pass" ? excusedText(excused, result.id) : undefined;
  return what === undefined
    ? judged
    : { ...judged, result: { ...result, reason: `${result.reason}; ${what}` } };
}

/** A scenario that dropped all its criteria has measured nothing. */
function verdictOf(criteria: readonly CriterionResult[]): ScenarioVerdict {
  const verdicts = new Set(criteria.map(({ verdict }) => verdict));
  const gravest = (["fail", "inconclusive", "unchecked", "pass"] as const).find((verdict) =>
    verdicts.has(verdict),
  );
  return gravest ?? "unchecked";
}

/** What a record lacks at its end may have been what went wrong. */
function wholeVerdict({ truncated }: RunRecord, verdict: ScenarioVerdict): ScenarioVerdict {
  return truncated && verdict === "pass" ? "inconclusive" : verdict;
}

/** Too many failed operations: what was measured is not the load that was asked for. */
function loadFailure(view: RunView): string | undefined {
  if (view.record.run.watched) return undefined;
  const share = view.ended === 0 ? 0 : view.operations.failed / view.ended;
  if (share <= view.record.run.scenario.load.maxFailed) return undefined;
  return `the load stopped landing: ${failuresText(view)}`;
}

function lastMs(record: RunRecord): number {
  const times = [...record.snapshots, ...record.ticks].map(({ atMs }) => atMs);
  return record.end?.atMs ?? times.reduce((last, atMs) => Math.max(last, atMs), record.run.startedAtMs);
}
