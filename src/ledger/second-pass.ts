import { withoutDemands } from "../model/demands.js";
import type { Finding } from "../model/finding.js";
import type { Operation } from "../model/operation.js";
import type { RunRecord } from "../model/record.js";
import { fewestBatches, type Load, type Scenario } from "../model/scenario.js";
import { isZombie } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId, CriterionResult, ScenarioResult } from "../model/verdict.js";

/** What the second pass runs. */
export interface SecondPass {
  /** The guilty flows alone, in as many operations as it takes to see the leak again. */
  readonly scenario: Scenario;
  /** Memory has to be traced too. */
  readonly memory: boolean;
  /** Criteria of which nobody was seen to leave anything: then operations run alone in the time that is left. */
  readonly alone: readonly CriterionId[];
}

/** How the resource of a finding begins that is of sockets. */
const socketLabel = "file descriptor socket";
/** Enough that hardly ever none comes: 1 in 150, by Poisson. */
const leaksWanted = 5;
/** What a sampling profiler needs to see of one place. */
const bytesWanted = 4 * 1024 ** 2;
/** Of the guilty flows' share of the first pass's load. */
const timeShare = 2;
const quietMs = 100;
const settleMs = 2000;
const drainMs = 1000;

/**
 * The scenario of the second pass, from what the first one found. It takes at most twice the time that the guilty
 * flows took of the first load.
 * @returns undefined when nothing that was found has a place where it was made.
 */
export function secondPassOf(record: RunRecord, result: ScenarioResult): SecondPass | undefined {
  const { scenario } = record.run;
  const sought = result.findings.filter((finding) => hasPlace(finding, result));
  if (sought.length === 0) return undefined;
  const guilty = guiltyFlows(result, scenario);
  const load = loadOf({ record, result, sought, guilty });
  if (load.operations === 0) return undefined;
  const { settle, stop } = scenario;
  return {
    memory: sought.some(isHeld),
    alone: [...new Set(sought.filter(isUnnamed).flatMap(identified))],
    scenario: {
      ...scenario,
      flows: scenario.flows.filter(({ name }) => guilty.has(name)),
      load,
      settle: {
        quietMs: Math.min(settle.quietMs, quietMs),
        withinMs: Math.min(settle.withinMs, settleMs),
      },
      drainMs: Math.min(scenario.drainMs, Math.max(drainMs, releaseMs(record))),
      stop: { ...stop, whileOpen: undefined },
      criteria: withoutDemands(scenario.criteria),
    },
  };
}

function isUnnamed({ by }: Finding): boolean {
  return (by?.examples ?? []).length === 0;
}

/** What a look tells apart from what was there before it. */
function identified({ resources }: Finding): CriterionId[] {
  const counted = resources.filter(({ count = 0 }) => count > 0).map(({ criterion }) => criterion);
  return counted.filter((id) => id !== "tasks" && id !== "memory");
}

/** Something of it was left by the load, so it was made somewhere; not so of a peak, or of a stop that took too long. */
export function hasPlace(finding: Finding, result: ScenarioResult): boolean {
  return leftOf(finding, result) > 0;
}

/** What it is that holds it tells more than where it was made: memory, and sockets, which are all made at one door. */
function isHeld({ criteria, resources }: Finding): boolean {
  return criteria.includes("memory") || resources.some(({ resource }) => resource.startsWith(socketLabel));
}

/** What is known of the flows, the surest first. */
function guiltyFlows({ flows, findings }: ScenarioResult, scenario: Scenario): ReadonlySet<string> {
  const known = new Set(scenario.flows.map(({ name }) => name));
  const leaking = flows.filter(({ verdict }) => verdict === "leaks").map(({ flow }) => flow);
  const seen = findings.flatMap(({ by }) => (by?.examples ?? []).map(({ flow }) => flow));
  const sources = [leaking, seen].map((names) => new Set(names.filter((name) => known.has(name))));
  return sources.find(({ size }) => size > 0) ?? known;
}

/** Units left by the end of the first pass, bytes for memory; 0 where it is not of a thing that is left. */
function leftOf({ criterion, resources }: Finding, { criteria, operations }: ScenarioResult): number {
  const counts = resources.map(({ count }) => count ?? 0);
  const most = criterion === "memory" ? 0 : Math.max(0, ...counts);
  if (most > 0) return most;
  const result = criteria.find(({ id }) => id === criterion);
  return grows(result) ? (result?.perOperation ?? 0) * (operations.landed + operations.failed) : 0;
}

function grows(result: CriterionResult | undefined): boolean {
  return result?.id === "tasks" || result?.id === "memory";
}

interface Known {
  readonly record: RunRecord;
  readonly result: ScenarioResult;
  readonly sought: readonly Finding[];
  readonly guilty: ReadonlySet<string>;
}

function loadOf({ record, result, sought, guilty }: Known): Load {
  const { load } = record.run.scenario;
  const ended = record.operations.filter(({ batch, tail, outcome }) => isOfLoad(batch, tail, outcome));
  const theirs = ended.filter(({ flow }) => guilty.has(flow));
  const wanted = sought.map((finding) => {
    const perOperation = leftOf(finding, result) / Math.max(1, theirs.length);
    return Math.ceil((finding.criterion === "memory" ? bytesWanted : leaksWanted) / perOperation);
  });
  // A batch has room for each of the flows: one that never runs cannot be seen to leak.
  const least = fewestBatches * guilty.size;
  const operations = Math.min(theirs.length, Math.max(least, ...wanted));
  const share = spent(theirs) / Math.max(1, spent(ended));
  return {
    operations,
    durationMs: Math.max(1, Math.round(timeShare * share * loadMs(record))),
    batch: Math.min(operations, Math.max(guilty.size, Math.ceil(operations / fewestBatches))),
    concurrency: load.concurrency,
    rampMs: 0,
    warmup: Math.min(load.warmup, load.concurrency),
    maxFailed: load.maxFailed,
  };
}

function isOfLoad(batch: number, tail: boolean | undefined, outcome: Operation["outcome"]): boolean {
  return batch > 0 && tail !== true && outcome !== "aborted";
}

function spent(operations: readonly Operation[]): number {
  return operations.reduce(
    (sum, { startedAtMs, endedAtMs }) => sum + Math.max(0, endedAtMs - startedAtMs),
    0,
  );
}

/** From the baseline to the last batch, the settling between batches included. */
function loadMs({ snapshots }: RunRecord): number {
  const since = snapshots.findLast(({ phase }) => phase === "baseline")?.atMs ?? 0;
  return (snapshots.findLast(({ phase }) => phase === "batch")?.atMs ?? since) - since;
}

/** How long after the load the first pass's target still gave things back. */
function releaseMs({ snapshots }: RunRecord): number {
  const last = snapshots.findLast(({ phase }) => phase === "batch");
  const end = snapshots.findLast(({ phase }) => phase === "drain");
  if (!last || !end) return 0;
  const after = snapshots.filter(({ phase, atMs }) => phase === "draining" && atMs >= last.atMs);
  const moving = [last, ...after].findLastIndex((snapshot) => held(snapshot) !== held(end));
  const still = moving < 0 ? last : (after[moving] ?? end);
  return Math.max(0, still.atMs - last.atMs);
}

function held({ processes }: Snapshot): string {
  const fds = processes.reduce((sum, { fdCount = 0 }) => sum + fdCount, 0);
  return `${processes.length} ${processes.filter(isZombie).length} ${fds}`;
}
