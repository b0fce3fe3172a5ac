import { type Gap, gap, type Reading, valueOf } from "../model/reading.js";
import type { ProcessEntry, ProcessIdentity, TreeSample } from "../model/resource.js";
import { joinSockets } from "./join-sockets.js";
import { saysEnded } from "./kernel-file.js";
import { type Parts, partsOfExited, readParts, type SampleDetail } from "./parts.js";
import { listThreads } from "./pids.js";
import { type ProcStat, readStat } from "./stat.js";

export type { SampleDetail } from "./parts.js";

/** Neither entry nor gap: the process has ended. */
export interface ProcessReading {
  readonly entry: ProcessEntry | undefined;
  readonly gaps: readonly Gap[];
}

const ended: ProcessReading = { entry: undefined, gaps: [] };

/** Everything of one process as `detail` asks; a part that cannot be read is absent and named in the gaps. */
export function readProcess(root: string, pid: number, detail: SampleDetail): ProcessReading {
  const { processes, gaps } = sampleTree(root, [pid], detail);
  return { entry: processes[0], gaps };
}

/**
 * The processes that are alive or zombies, in the order asked for. One that is asked for by identity
 * is left out when its pid has gone to another process; one that ends in mid-read is left out too.
 */
export function sampleTree(
  root: string,
  members: readonly (number | ProcessIdentity)[],
  detail: SampleDetail,
): TreeSample {
  const readings = members.map((member) => readMember(root, member, detail));
  const processes = readings.flatMap((reading) => reading.entry ?? []);
  const gaps = readings.flatMap((reading) => reading.gaps);
  if (!detail.fds || !detail.sockets) return { processes, gaps };
  const joined = joinSockets(root, processes);
  return { processes: joined.processes, gaps: [...gaps, ...joined.gaps] };
}

function readMember(root: string, member: number | ProcessIdentity, detail: SampleDetail): ProcessReading {
  const before = readSame(root, typeof member === "number" ? { pid: member } : member);
  if (!before.ok) return unreadable(before.gap);
  const living = livingThread(root, before.value);
  const parts = living && readParts(root, living.pid, detail);
  // Once more: of a process that ended in between, the parts were read as empty or not at all.
  const after = readSame(root, before.value);
  if (!after.ok) return unreadable(after.gap);
  const still = livingThread(root, after.value);
  const { held, gaps } = (still && parts) ?? partsOfExited(detail);
  return { entry: { ...factsOf(after.value), state: (still ?? after.value).state, ...held }, gaps };
}

/** A pid that has gone to another process is read as that of one that has ended. */
function readSame(
  root: string,
  asked: { readonly pid: number; readonly startTicks?: number },
): Reading<ProcStat> {
  const stat = readStat(root, asked.pid);
  if (!stat.ok || (asked.startTicks ?? stat.value.startTicks) === stat.value.startTicks) return stat;
  return gap(`${root}/${asked.pid}`, "ESRCH", asked.pid);
}

function unreadable(gap: Gap): ProcessReading {
  return saysEnded(gap.why) ? ended : { entry: undefined, gaps: [gap] };
}

/**
 * The thread to read a process through: the first, unless that has exited while others run on
 * (pthread_exit(3) in main). Then it shows as `Z` with no fds and no memory, and the others hold them.
 * Undefined when no thread is left.
 */
function livingThread(root: string, leader: ProcStat): ProcStat | undefined {
  if (!leader.exiting) return leader;
  if (leader.threads <= 1) return undefined;
  const threads = valueOf(listThreads(root, leader.pid)) ?? [];
  return threads.map((thread) => valueOf(readStat(root, thread))).find((stat) => stat?.exiting === false);
}

function factsOf(stat: ProcStat): Omit<ProcessEntry, keyof Parts["held"]> {
  const { pid, startTicks, ppid, pgid, sid, state, name, threads } = stat;
  return { pid, startTicks, ppid, pgid, sid, state, name, threads };
}
