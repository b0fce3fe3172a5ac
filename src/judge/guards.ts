import type { PauseLine, RunRecord, TickLine } from "../model/record.js";
import { isZombie, ptyHolds } from "../model/resource.js";
import type { Flow } from "../model/scenario.js";
import type { Snapshot } from "../model/snapshot.js";
import { formatDuration } from "../model/units.js";
import type { CriterionId } from "../model/verdict.js";
import type { RunView } from "./run-view.js";

/** Ticks come once a second: a gap this long is no delay, but a machine that slept or had no time. */
const longestGapMs = 15_000;
/** A clock that is slewed drifts by less than a thousandth; this is a clock that was set. */
const longestJumpMs = 5_000;

/**
 * Why a pass of this criterion would be vacuous: nothing was tried, nothing was used, or the time itself was not
 * what it seemed. Undefined where nothing speaks against it.
 */
export function vacuity(view: RunView, id: CriterionId): string | undefined {
  return untouched(view) ?? unused(view, id) ?? unsteadyTime(view.record);
}

/** Steps that reach the target. */
const touching: readonly Flow["steps"][number]["kind"][] = [
  "connect",
  "events",
  "tcp",
  "unix",
  "stdio",
  "http",
  "exec",
  "spawn",
];

function untouched({ record }: RunView): string | undefined {
  const { flows } = record.run.scenario;
  const loaded = flows.filter(({ weight, steps }) => weight > 0 && steps.length > 0);
  if (loaded.length === 0) return undefined;
  const reaches = loaded.some(({ steps }) => steps.some(({ kind }) => touching.includes(kind)));
  return reaches
    ? undefined
    : "no operation reached the target: no flow connects to it, asks it, or runs a client, so nothing was tried";
}

function unused(view: RunView, id: CriterionId): string | undefined {
  const rule = view.record.run.scenario.criteria[id];
  if (rule.dropped || rule.used !== true || hasMoved(view, id)) return undefined;
  return `the flows must use it, and none was ever seen in use (${id}): see whether the sessions do what they should`;
}

/** More at any look than the least of the baseline. */
function hasMoved(view: RunView, id: CriterionId): boolean {
  const held = holders[id];
  const ofTick = tickValues[id];
  const baseline = Math.min(...view.baseline.map(held));
  const { snapshots, ticks } = view.record;
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
  const looks = snapshots.filter(({ phase }) => phase !== "baseline").map(held);
  return Math.max(most(looks), most(ticks.map((tick) => ofTick?.(tick) ?? 0))) > baseline;
}

const holders: Readonly<Record<CriterionId, (snapshot: Snapshot) => number>> = {
  tasks: ({ probes, processes }) =>
    probes.reduce((sum, { tasks }) => sum + (tasks ?? 0), 0) ||
    processes.reduce((sum, { threads }) => sum + threads, 0),
  processes: ({ processes }) => processes.filter((entry) => !isZombie(entry)).length,
  fds: ({ processes }) => processes.reduce((sum, { fdCount, fds }) => sum + (fdCount ?? fds?.length ?? 0), 0),
  memory: ({ processes }) => processes.reduce((sum, { memory }) => sum + (memory?.rssBytes ?? 0), 0),
  zombies: ({ processes }) => processes.filter(isZombie).length,
  ptys: ({ processes }) => ptyHolds(processes).length,
};

const tickValues: Partial<Record<CriterionId, (tick: TickLine) => number | undefined>> = {
  processes: ({ processes }) => processes,
  fds: ({ fds }) => fds,
  memory: ({ rssBytes }) => rssBytes,
  ptys: ({ ptys }) => ptys,
};

function unsteadyTime({ ticks, pauses = [] }: Pick<RunRecord, "ticks" | "pauses">): string | undefined {
  for (const [index, { atMs, monotonicMs }] of ticks.entries()) {
    const before = ticks[index - 1];
    if (!before) continue;
    const passedMs = atMs - before.atMs;
    const steadyMs = monotonicMs === undefined ? undefined : monotonicMs - (before.monotonicMs ?? Number.NaN);
    if (steadyMs !== undefined && Math.abs(passedMs - steadyMs) > longestJumpMs) {
      return `the clock jumped by ${formatDuration(Math.abs(passedMs - steadyMs))} during the run, or the machine slept: run it again`;
    }
    const suspendedMs = suspendedIn(pauses, { fromMs: before.atMs, toMs: atMs });
    if (Math.max(passedMs, steadyMs ?? 0) - suspendedMs > longestGapMs) {
      return `nothing was looked at for ${formatDuration(passedMs)} during the run: the machine slept or was starved; run it again`;
    }
  }
  return undefined;
}

/** For so long of a stretch of time the tool was suspended by its user, with no operation under way. */
function suspendedIn(
  pauses: readonly PauseLine[],
  { fromMs, toMs }: Readonly<Record<"fromMs" | "toMs", number>>,
): number {
  const shares = pauses
    .filter(({ suspended }) => suspended)
    .map(({ atMs, forMs }) => Math.min(toMs, atMs + forMs) - Math.max(fromMs, atMs));
  return shares.reduce((sum, share) => sum + Math.max(0, share), 0);
}
