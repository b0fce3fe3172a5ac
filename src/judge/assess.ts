import type { EndLine, LookLine, RunRecord, StopLine } from "../model/record.js";
import type { CriterionRule, Scenario } from "../model/scenario.js";
import type { Snapshot } from "../model/snapshot.js";
import { formatBytes, formatNumber } from "../model/units.js";
import type { CriterionId, CriterionResult } from "../model/verdict.js";
import { judgeRun } from "./judge-run.js";

const mostCharacters = 59;

/** How far a run has come that is still under way. */
export interface Assessment {
  /** Everything that the scenario asks for has its verdict. */
  readonly decided: boolean;
  /** What is still to be decided, in a few words: `memory, fds to see 1 in 250`. Undefined when nothing is. */
  readonly waitsFor: string | undefined;
  /** More operations can decide it. */
  readonly canSettle: boolean;
  /** What fails already; nothing where the load does not land. */
  readonly failing: readonly CriterionId[];
}

export interface AssessOptions {
  /** The last thing that was done is a drain; without one, the last batch stands in for it. */
  readonly drained: boolean;
}

/**
 * Judges a run under way as it would be judged if it ended here, with a clean stop. This look counts among its looks,
 * so that what is decided now is what the finished record says.
 */
export function assess(record: RunRecord, { drained }: AssessOptions): Assessment {
  const result = judgeRun(endedHere(record, { drained }));
  const waitsFor = waitsOf(record.run.scenario.criteria, result.criteria);
  // A load that does not land decides nothing, and more of it would not either.
  const isSound = result.broke === undefined;
  return {
    decided: isSound && waitsFor === undefined,
    waitsFor,
    canSettle: isSound && waitsFor !== undefined,
    failing: isSound ? result.criteria.filter(({ verdict }) => verdict === "fail").map(({ id }) => id) : [],
  };
}

/** The record as it would be if the run ended here: this look among its looks, a clean stop, an end. */
export function endedHere(record: RunRecord, { drained }: AssessOptions): RunRecord {
  const { looks, snapshots } = record;
  return {
    ...record,
    looks: [...looks, lookNow(record)],
    snapshots: drained ? snapshots : [...snapshots, ...lastBatchAsDrain(snapshots)],
    stop: cleanStop,
    end: completeEnd(record),
    truncated: false,
  };
}

function lastBatchAsDrain(snapshots: readonly Snapshot[]): Snapshot[] {
  const last = snapshots.findLast(({ phase }) => phase === "batch");
  return last ? [{ ...last, phase: "drain" }] : [];
}

function lookNow({ looks, snapshots, run }: RunRecord): LookLine {
  const { batch, operations, atMs } = snapshots.at(-1) ?? { batch: 0, operations: 0, atMs: run.startedAtMs };
  return { type: "look", look: looks.length + 1, batch, operations, atMs, decided: true };
}

const cleanStop: StopLine = {
  type: "stop",
  atMs: 0,
  tookMs: 0,
  graceful: true,
  exitCode: 0,
  signal: null,
  survivors: [],
  unkillable: [],
  gaps: [],
};

function completeEnd({ snapshots, run }: RunRecord): EndLine {
  const atMs = snapshots.at(-1)?.atMs ?? run.startedAtMs;
  return { type: "end", atMs, outcome: "complete", reason: undefined, logTail: [] };
}

type Rules = Scenario["criteria"];
type Weighed = Pick<CriterionResult, "id" | "verdict" | "unit" | "detectable">;

/** What more operations are needed for: `memory, fds to see 1 in 250`, below 60 characters. Undefined = nothing. */
export function waitsOf(rules: Rules, results: readonly Weighed[]): string | undefined {
  const waits = results.flatMap((result) => waitOf(rules[result.id], result) ?? []);
  return waits.length === 0 ? undefined : listed(waits);
}

/** Undefined where the criterion needs no more; what cannot be read now will not be read later. */
function waitOf(rule: CriterionRule, { id, verdict, detectable, unit }: Weighed): string | undefined {
  if (verdict !== "pass" && verdict !== "inconclusive") return undefined;
  const asked = rule.dropped ? undefined : rule.detectPerOperation;
  if (asked !== undefined && (detectable ?? 0) > asked) return `${id} to see ${rateText(asked, unit)}`;
  return verdict === "inconclusive" ? id : undefined;
}

/** `1 in 250`, `2 each`, `4 KiB each`: what an operation leaves. */
function rateText(perOperation: number, unit: CriterionResult["unit"]): string {
  if (unit === "bytes") return `${formatBytes(perOperation)} each`;
  return perOperation < 1 ? `1 in ${formatNumber(1 / perOperation)}` : `${formatNumber(perOperation)} each`;
}

/** As many as a live line has room for, and at least one. */
function listed(waits: readonly string[]): string {
  for (let shown = waits.length; ; shown--) {
    const more = waits.length - shown;
    const text = waits.slice(0, shown).join(", ") + (more === 0 ? "" : ` and ${more} more`);
    if (text.length <= mostCharacters || shown === 1) return text;
  }
}
