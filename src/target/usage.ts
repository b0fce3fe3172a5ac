import pidusage from "pidusage";
import { valueOf } from "../model/reading.js";
import { countFds } from "../proc/fd-count.js";
import { hasExited, type ProcStat } from "../proc/stat.js";

/** A live look at the whole tree; undefined = could not be measured. */
export interface Usage {
  /** 100 = one core. */
  readonly cpuPercent: number | undefined;
  /** Sum over the processes; pages that they share count once for each. */
  readonly rssBytes: number | undefined;
  /** Those that run; zombies are left out. */
  readonly processes: number;
  readonly fds: number | undefined;
  /** The highest count of any one process. */
  readonly fdsOfLargest: number | undefined;
}

/**
 * pidusage keeps /proc/PID/stat of every pid open for this long after it was last asked for. Its own default of a
 * minute would fill the tool's fd table when the target starts many short-lived processes.
 */
const rememberedMs = 5000;

/** Without getconf(1) or /proc/uptime it makes do with what is usual, and would tell so on our stderr at each call. */
process.env["PIDUSAGE_SILENT"] ??= "1";

/** Sums over the members that run. Never rejects. */
export async function usageOf(procRoot: string, members: readonly ProcStat[]): Promise<Usage> {
  const pids = members.filter((member) => !hasExited(member)).map((member) => member.pid);
  const counts = pids.map((pid) => valueOf(countFds(procRoot, pid))).filter((count) => count !== undefined);
  const looks = await lookAt(pids);
  return {
    cpuPercent: sum(looks.map((look) => look.cpu)),
    rssBytes: sum(looks.map((look) => look.memory)),
    processes: pids.length,
    fds: sum(counts),
    fdsOfLargest: counts.length > 0 ? Math.max(...counts) : undefined,
  };
}

/** One call for all; a process that ended in between has no look. */
async function lookAt(pids: number[]): Promise<pidusage.Status[]> {
  if (pids.length === 0) return [];
  const looks = await pidusage(pids, { maxage: rememberedMs }).catch(() => ({}));
  // Its types do not say so, but a pid that was gone has null, and one that went since the last call undefined.
  return Object.values(looks as Record<string, pidusage.Status | null | undefined>).filter(
    (look) => look !== null && look !== undefined,
  );
}

function sum(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((total, value) => total + value, 0) : undefined;
}
