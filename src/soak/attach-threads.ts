import { valueOf } from "../model/reading.js";
import type { Probe } from "../probe/probe.js";
import { attachThreads, type ThreadsSeen } from "../probe/threads.js";
import { listThreads } from "../proc/pids.js";
import { readThreadName } from "../proc/thread-names.js";
import type { ProbeRequest } from "./probes.js";

/** Names that are read at a look: a name takes about 5 µs. */
const maxNames = 2000;

/** Where nothing else tells of tasks. */
export function attachWantedThreads(request: ProbeRequest, probes: readonly Probe[]): Probe[] {
  const { threads = "auto", prometheus } = request.wanted;
  const isSeen = prometheus !== undefined || probes.some(({ name }) => name === "node" || name === "go");
  return threads === "off" || isSeen ? [] : [attachThreads(() => threadsOf(request))];
}

function threadsOf({ target, procRoot }: ProbeRequest): ThreadsSeen {
  const all = target
    .glance()
    .running.flatMap(({ pid }) =>
      (valueOf(listThreads(procRoot, pid)) ?? []).map((thread) => ({ pid, thread })),
    );
  // A thread that has ended since is in neither number.
  const names = all
    .slice(0, maxNames)
    .flatMap(({ pid, thread }) => valueOf(readThreadName(procRoot, pid, thread)) ?? []);
  return { names, unread: Math.max(0, all.length - maxNames), gaps: [] };
}
