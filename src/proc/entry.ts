import { type Gap, valueOf } from "../model/reading.js";
import type { ProcessEntry, ProcessIdentity, TreeSample } from "../model/resource.js";
import { joinSockets } from "./join-sockets.js";
import { saysEnded } from "./kernel-file.js";
import { type Parts, partsOfExited, readParts, type SampleDetail } from "./parts.js";
import { listThreads } from "./pids.js";
import { hasExited, type ProcStat, readStat } from "./stat.js";

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
  const pid = typeof member === "number" ? member : member.pid;
  const before = readStat(root, pid);
  if (!before.ok) return unreadable(before.gap);
  if (typeof member !== "number" && member.startTicks !== before.value.startTicks) return ended;
  const task = livingTask(root, before.value);
  const parts = hasExited(task) ? partsOfExited(detail) : readParts(root, task.pid, detail);
  // Once more: of a process that ended in between, the parts were read as empty or not at all.
  const after = readStat(root, pid);
  if (!after.ok) return unreadable(after.gap);
  if (after.value.startTicks !== before.value.startTicks) return ended;
  const { held, gaps } = hasExited(after.value) ? partsOfExited(detail) : parts;
  const state = after.value.state === before.value.state ? task.state : after.value.state;
  return { entry: { ...factsOf(after.value), state, ...held }, gaps };
}

function unreadable(gap: Gap): ProcessReading {
  return saysEnded(gap.why) ? ended : { entry: undefined, gaps: [gap] };
}

/**
 * The task to read a process through: the first thread, except where that has exited and others run
 * on (pthread_exit(3) in main). Then it shows as `Z` with no fds and no memory, and the others hold them.
 */
function livingTask(root: string, leader: ProcStat): ProcStat {
  if (leader.state !== "Z" || hasExited(leader)) return leader;
  const threads = valueOf(listThreads(root, leader.pid)) ?? [];
  const other = threads.find((thread) => thread !== leader.pid);
  return (other !== undefined && valueOf(readStat(root, other))) || leader;
}

function factsOf(stat: ProcStat): Omit<ProcessEntry, keyof Parts["held"]> {
  const { pid, startTicks, ppid, pgid, sid, state, name, threads } = stat;
  return { pid, startTicks, ppid, pgid, sid, state, name, threads };
}
