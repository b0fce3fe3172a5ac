import type { Held } from "../model/progress.js";
import { isZombie, type ProcessEntry, ptyHolds } from "../model/resource.js";
import type { ProbeSample, Snapshot } from "../model/snapshot.js";

/** How much of each resource was held at a look: sums over the tree, for whoever looks on. */
export function heldAt({ processes, probes }: Pick<Snapshot, "processes" | "probes">): Held {
  const running = processes.filter((entry) => !isZombie(entry));
  const told = (of: (probe: ProbeSample) => number | undefined) =>
    probes.find((probe) => of(probe) !== undefined);
  const tasks = told((probe) => probe.tasks)?.tasks;
  const liveBytes = told(({ collected, liveBytes }) => (collected ? liveBytes : undefined))?.liveBytes;
  return {
    tasks,
    fds: sumOf(running, ({ fdCount, fds }) => fdCount ?? fds?.length),
    processes: running.length,
    ptys: new Set(ptyHolds(processes).map(({ ptsNumber }) => ptsNumber)).size,
    rssBytes: sumOf(running, ({ memory }) => memory?.rssBytes),
    zombies: processes.length - running.length,
    threads: sumOf(running, ({ threads }) => threads),
    ...(liveBytes === undefined ? {} : { liveBytes }),
  };
}

/** Undefined where it could be read of none. */
function sumOf(
  entries: readonly ProcessEntry[],
  of: (entry: ProcessEntry) => number | undefined,
): number | undefined {
  const known = entries.map(of).filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
