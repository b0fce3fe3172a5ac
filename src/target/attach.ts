import type { Clock } from "../model/clock.js";
import { brokeProblem } from "../model/problem.js";
import { type ProcessIdentity, processKey } from "../model/resource.js";
import { valueOf } from "../model/reading.js";
import { sampleTree } from "../proc/entry.js";
import { seenPids } from "../proc/pids.js";
import { hasExited, type ProcStat, readStat } from "../proc/stat.js";
import { descendants } from "../proc/tree.js";
import type { Attachment } from "./attachment.js";
import { cgroupAlone } from "./cgroup-alone.js";
import { Family } from "./family.js";
import { findPid } from "./find-pid.js";
import { findPort } from "./find-port.js";
import { type HelperKeeper, startHelperKeeper } from "./helper-keeper.js";
import type { ExitInfo, StopReport, Target } from "./target.js";
import { TreeLook } from "./tree-look.js";

export interface AttachOptions {
  readonly to: Attachment;
  readonly clock: Clock;
  readonly procRoot: string;
  /** The tool's own pid. */
  readonly self: number;
  /** The tool will start programs of its own beside the target, which must not outlive it. */
  readonly helpers: boolean;
}

/** What it was attached by: one process, or all that share a listening port. */
export interface AttachedTarget extends Target {
  readonly roots: readonly ProcessIdentity[];
}

/** How soon the end of the target is noticed. */
const lookEveryMs = 250;

/** Nothing is stopped, so there is nothing to tell of a stop. */
const letGo: StopReport = {
  tookMs: 0,
  graceful: true,
  exitCode: null,
  signal: null,
  survivors: [],
  unkillable: [],
  gaps: [],
};

const noLogs: Target["logs"] = { stdoutPath: "", stderrPath: "", notes: [], tail: () => [] };

/**
 * A process that runs already, and everything below it. It is looked at and nothing else: no signal is ever sent to it,
 * however the tool ends.
 * @throws Problem exit 4: it is not there, or cannot be seen; exit 2: it is none that could be watched.
 */
export async function attach(options: AttachOptions): Promise<AttachedTarget> {
  const { to, procRoot, self } = options;
  const roots = to.kind === "pid" ? [findPid(options, to.pid)] : findPort(options, to.port);
  const main = eldestOf(roots);
  const stats = seenPids(procRoot).flatMap((pid) => valueOf(readStat(procRoot, pid)) ?? []);
  const pids = [...roots, ...descendants(stats, roots)].map(({ pid }) => pid);
  const cgroup = cgroupAlone(procRoot, main.pid, pids);
  const keeper = options.helpers ? await startHelperKeeper(procRoot) : undefined;
  const outsiders = keeper ? [self, keeper.pid] : [self];
  const sinceTicks = Math.min(...roots.map(({ startTicks }) => startTicks));
  const family = new Family({ procRoot, marker: undefined, cgroup, sinceTicks, outsiders });
  for (const root of roots) family.adopt(root);
  return targetOf({ ...options, roots, main, family, follow: cgroup ? "cgroup" : "parents", keeper });
}

interface Found extends AttachOptions {
  readonly roots: readonly ProcStat[];
  readonly main: ProcessIdentity;
  readonly family: Family;
  readonly follow: Target["follow"];
  readonly keeper: HelperKeeper | undefined;
}

function targetOf(found: Found): AttachedTarget {
  const { roots, main, family, keeper, clock, procRoot, follow } = found;
  const released = new AbortController();
  let letting: Promise<void> | undefined;
  const lives = new TreeLook({ procRoot, clock, look: () => family.glance() });
  return {
    roots: roots.map(({ pid, startTicks }) => ({ pid, startTicks })),
    pid: main.pid,
    startTicks: main.startTicks,
    follow,
    logs: noLogs,
    exited: untilGone(found, released.signal),
    get alive() {
      return roots.some((root) => isAlive(procRoot, root));
    },
    members: () => family.members(),
    sweep: () => family.sweep(),
    sample: (detail) => {
      const sample = sampleTree(procRoot, family.members(), detail);
      return detail.fds ? { ...sample, gaps: [...sample.gaps, ...family.gaps()] } : sample;
    },
    glance: () => lives.glance(),
    usage: async () => lives.usage(),
    exceeded: () => undefined,
    guard: (pid) => keeper?.watch(pid),
    stop: async () => {
      released.abort();
      await (letting ??= keeper?.dismiss());
      return letGo;
    },
  };
}

/** Whose parent is none of them: the master of workers. */
function eldestOf(roots: readonly ProcStat[]): ProcStat {
  const pids = new Set(roots.map(({ pid }) => pid));
  const [eldest] = roots.toSorted(
    (a, b) =>
      Number(pids.has(a.ppid)) - Number(pids.has(b.ppid)) || a.startTicks - b.startTicks || a.pid - b.pid,
  );
  if (!eldest) throw brokeProblem({ what: "there is no process to attach to" });
  return eldest;
}

/** A pid that has gone to another process is not the one that was attached to. */
function isAlive(procRoot: string, root: ProcessIdentity): boolean {
  const stat = valueOf(readStat(procRoot, root.pid));
  return stat !== undefined && processKey(stat) === processKey(root) && !hasExited(stat);
}

/** Nobody but its parent is told how a process ended. Never resolves once the target was let go. */
function untilGone({ roots, procRoot, clock }: Found, released: AbortSignal): Promise<ExitInfo> {
  return new Promise((resolve) => {
    const watch = async (): Promise<void> => {
      while (!released.aborted) {
        if (!roots.some((root) => isAlive(procRoot, root))) {
          resolve({ code: null, signal: null, atMs: clock.now() });
          return;
        }
        await clock.sleep(lookEveryMs, released);
      }
    };
    void watch();
  });
}
