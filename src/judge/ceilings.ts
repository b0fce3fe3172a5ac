import { isZombie, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";
import { sumOf } from "./sum-of.js";
import type { RunView } from "./run-view.js";
import { type Slot, slotsOf, type Stay } from "./slots.js";
import { tellerOf } from "./teller.js";

/** Where a growth ends, read on the very system of the run. */
export interface Ceiling {
  /** As the reader knows it, to be followed by the number: `soft RLIMIT_NOFILE`, `pid_max`. */
  readonly name: string;
  readonly limit: number;
  /** What of it the target held at the end. */
  readonly held: number;
  /** The part of the target's growth, 0 to 1, that heads for it: below 1 where each process has its own. */
  readonly share: number;
}

/** The ceiling that is hit first; undefined where none could be read, or what is held is not known. */
export function ceilingOf(id: CriterionId, view: RunView): Ceiling | undefined {
  return ceilings[id](view);
}

const ceilings: Readonly<Record<CriterionId, (view: RunView) => Ceiling | undefined>> = {
  tasks: taskCeiling,
  processes: pidCeiling,
  fds: fdCeiling,
  memory: memoryCeiling,
  zombies: pidCeiling,
  ptys: ptyCeiling,
};

/** No kernel limits goroutines and their like; at this many a runtime is in trouble. */
const taskMark = 10_000;

/** With a look inside a mark, with threads in their place the limits on pids. */
function taskCeiling(view: RunView): Ceiling | undefined {
  const probe = tellerOf(view.baseline[0]?.probes ?? [], ({ tasks }) => tasks);
  if (!probe) return pidCeiling(view);
  const held = atTheEnd(view, (look) =>
    sumOf(look.probes.filter((sample) => sample.probe === probe.probe).map(({ tasks }) => tasks)),
  );
  return lowest([["mark for trouble", taskMark]], held);
}

/** A thread takes a pid as a process does, and so does a zombie. */
function pidCeiling(view: RunView): Ceiling | undefined {
  const { system, scenario } = view.record.run;
  const candidates: readonly Candidate[] = [
    ["pid_max", system.pidMax],
    ["cgroup pids.max", system.cgroupPidsMax],
    ["RLIMIT_NPROC of the scenario", scenario.target.limits.processes],
  ];
  const pids = ({ processes }: Snapshot) => sumOf(processes.map(({ threads }) => Math.max(1, threads)));
  return lowest(candidates, atTheEnd(view, pids));
}

function ptyCeiling(view: RunView): Ceiling | undefined {
  const ptys = ({ processes }: Snapshot) =>
    new Set(ptyHolds(processes).map(({ ptsNumber }) => ptsNumber)).size;
  return lowest([["pty/max", view.record.run.system.ptyMax]], atTheEnd(view, ptys));
}

/** Limits on memory are on what is resident: shared pages count once. */
function memoryCeiling(view: RunView): Ceiling | undefined {
  const { system, scenario } = view.record.run;
  const candidates: readonly Candidate[] = [
    ["RAM", system.memoryBytes],
    ["memory.max of the cgroup", system.cgroupMemoryMax],
    ["memory limit of the scenario", scenario.target.limits.memoryBytes],
  ];
  const resident = ({ processes }: Snapshot) => {
    const live = processes.filter((entry) => !isZombie(entry));
    return sumOf(live.map(({ memory }) => memory?.pssBytes ?? memory?.rssBytes));
  };
  return lowest(candidates, atTheEnd(view, resident));
}

/**
 * Each process has a limit of its own: that of the one whose count grew the most, or where none grew, of
 * the one nearest to its limit. Undefined where the limit of that one could not be read.
 */
function fdCeiling(view: RunView): Ceiling | undefined {
  const holders = slotsOf(view).flatMap(holderOf);
  const first = holders.toSorted((a, b) => b.growth - a.growth || nearness(b) - nearness(a))[0];
  if (first?.limit === undefined) return undefined;
  const total = holders.reduce((sum, { growth }) => sum + growth, 0);
  const share = total > 0 ? first.growth / total : 1;
  return { name: "soft RLIMIT_NOFILE", limit: first.limit, held: first.held, share };
}

interface FdHolder {
  /** 0 or more. */
  readonly growth: number;
  readonly held: number;
  readonly limit: number | undefined;
}

function holderOf({ baseline, batches, drain }: Slot): FdHolder[] {
  const loaded = drain.some(Boolean) ? drain : batches.filter(Boolean).slice(-1);
  const last = loaded.findLast(Boolean)?.entry;
  const [start, held] = [lowestCount(baseline), lowestCount(loaded)];
  if (!last || start === undefined || held === undefined) return [];
  const limit = isKnown(last.softFdLimit) ? last.softFdLimit : undefined;
  return [{ growth: Math.max(0, held - start), held, limit }];
}

function lowestCount(stay: Stay): number | undefined {
  const counts = stay
    .map((occupant) => occupant?.entry.fdCount ?? occupant?.entry.fds?.length)
    .filter(isKnown);
  return counts.length === 0 ? undefined : Math.min(...counts);
}

function nearness({ held, limit }: FdHolder): number {
  return held / (limit ?? Number.POSITIVE_INFINITY);
}

type Candidate = readonly [name: string, limit: number | undefined];

function lowest(candidates: readonly Candidate[], held: number | undefined): Ceiling | undefined {
  if (held === undefined) return undefined;
  const known = candidates.flatMap(([name, limit]) =>
    isKnown(limit) ? [{ name, limit, held, share: 1 }] : [],
  );
  return known.toSorted((a, b) => a.limit - b.limit)[0];
}

/** The lowest of the looks after the drain; without one, the last that there is. */
function atTheEnd(view: RunView, level: (snapshot: Snapshot) => number | undefined): number | undefined {
  const drained = view.drain.map(level).filter(isKnown);
  if (drained.length > 0) return Math.min(...drained);
  for (const look of [...view.baseline, ...view.batches].toReversed()) {
    const held = level(look);
    if (isKnown(held)) return held;
  }
  return undefined;
}

/** No limit is no number in a record: infinity is null there. */
function isKnown(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
