import { isZombie, type ProcessEntry, processKey } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import type { RunView } from "../run-view.js";
import { trade } from "../slots.js";

/** Workers are as many at nearly every look; one that is restarted may be missing at a few. */
const mostUneven = 0.2;

/**
 * The processes of the baseline that make up the server. Those of sessions are there as well, in the midst of a load: they
 * are told by their number, which moves, and by what listens or was there first, which are none.
 * @returns their keys
 */
export function residentsOf(view: RunView, looks: readonly Snapshot[]): ReadonlySet<string> {
  const first = view.baseline[0]?.processes ?? [];
  const pids = new Set(first.map(({ pid }) => pid));
  const before = countsOf(first);
  const uneven = new Map<string, number>();
  for (const { processes } of looks) {
    const now = countsOf(processes);
    for (const [kind, count] of before) {
      if ((now.get(kind) ?? 0) !== count) uneven.set(kind, (uneven.get(kind) ?? 0) + 1);
    }
  }
  const isSteady = (entry: ProcessEntry): boolean =>
    (uneven.get(trade(entry)) ?? 0) <= mostUneven * looks.length;
  const own = first.filter(
    (entry) =>
      view.oldHands.has(processKey(entry)) &&
      (isRoot(view, entry, pids) || listens(entry) || isSteady(entry)),
  );
  return new Set(own.map(processKey));
}

/** Where it is not known which one was attached to, all without a parent in the tree are. */
function isRoot({ record }: RunView, { pid, ppid }: ProcessEntry, pids: ReadonlySet<number>): boolean {
  return record.started ? pid === record.started.pid : !pids.has(ppid);
}

function listens({ fds }: ProcessEntry): boolean {
  return Array.isArray(fds) && fds.some(({ socket }) => socket?.state === "LISTEN");
}

const known = new WeakMap<readonly ProcessEntry[], ReadonlyMap<string, number>>();

function countsOf(processes: readonly ProcessEntry[]): ReadonlyMap<string, number> {
  const seen = known.get(processes);
  if (seen) return seen;
  const counts = new Map<string, number>();
  for (const entry of processes) {
    if (isZombie(entry)) continue;
    const kind = trade(entry);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  known.set(processes, counts);
  return counts;
}
