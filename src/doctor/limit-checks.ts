import type { Check, MachineFacts } from "../model/doctor.js";
import { formatBytes, formatNumber } from "../model/units.js";
import { criterionIds } from "../model/verdict.js";

type Judge = (facts: MachineFacts) => Check;

/** 25 sessions at a time, and those of the target. */
const enoughFiles = 1024;
const enoughPids = 500;
const enoughPtys = 100;
const enoughMemoryBytes = 512 * 1024 ** 2;
const enoughDiskBytes = 256 * 1024 ** 2;
/** Of the cores: beyond it the target has to wait for its turn. */
const busyShare = 0.7;

const unread = (id: string): Check => ({
  id,
  state: "note",
  found: "could not be read",
});

const openFiles: Judge = ({ openFiles: limit }) => {
  if (!limit) return unread("RLIMIT_NOFILE");
  const found = `${count(limit.soft)} descriptors a process (soft), ${count(limit.hard)} (hard)`;
  return limit.soft >= enoughFiles
    ? { id: "RLIMIT_NOFILE", state: "ok", found }
    : {
        id: "RLIMIT_NOFILE",
        state: "gap",
        found,
        costs: "a run with many sessions at a time fails its operations (EMFILE), and is broke",
        mend: `ulimit -n ${Math.max(enoughFiles, Math.min(limit.hard, 4096))}`,
      };
};

const pids: Judge = ({ pids: room }) => {
  if (!room) return unread("pid_max");
  const free = room.max - room.used;
  const found = `${count(room.max)} processes and threads, ${count(free)} of them free`;
  return free >= enoughPids
    ? { id: "pid_max", state: "ok", found }
    : {
        id: "pid_max",
        state: "gap",
        found,
        costs: "the target, or what its sessions start, cannot fork: the run is broke",
        mend: "end what is not needed, or raise kernel.pid_max (in a container: pids.max)",
        blocks: free <= 10 ? criterionIds : [],
      };
};

const ptys: Judge = ({ ptys: room }) => {
  if (!room)
    return {
      ...unread("PTYs"),
      found: "there are none here (/proc/sys/kernel/pty): a server that needs one cannot be tested",
    };
  const free = room.max - room.used;
  const found = `${count(room.max)} PTYs, ${count(free)} of them free`;
  return free >= enoughPtys
    ? { id: "PTYs", state: "ok", found }
    : {
        id: "PTYs",
        state: "gap",
        found,
        costs: "a server that opens a PTY for each session runs out of them: its operations fail",
        mend: "sysctl kernel.pty.max=4096, or find who holds them: ls -l /proc/*/fd | grep ptmx",
      };
};

const memory: Judge = ({ memory: room }) => {
  if (!room) return unread("room in memory");
  const found = `${formatBytes(room.availableBytes)} of ${formatBytes(room.totalBytes)} available`;
  return room.availableBytes >= enoughMemoryBytes
    ? { id: "room in memory", state: "ok", found }
    : {
        id: "room in memory",
        state: "gap",
        found,
        costs: "pages are swapped or reclaimed under the target: memory is more often inconclusive",
        mend: "end what is not needed, or use a machine with more of it",
      };
};

const disk: Judge = ({ reports: { folder, writable, freeBytes } }) => {
  if (!writable) {
    return {
      id: "disk",
      state: "gap",
      found: `${folder} cannot be written`,
      costs: "a run cannot keep its record: exit code 4",
      mend: "run it elsewhere, or name a folder with --out DIR",
      blocks: criterionIds,
    };
  }
  const found =
    freeBytes === undefined
      ? `${folder} can be written`
      : `${folder} can be written, ${formatBytes(freeBytes)} free`;
  return freeBytes === undefined || freeBytes >= enoughDiskBytes
    ? { id: "disk", state: "ok", found }
    : {
        id: "disk",
        state: "gap",
        found,
        costs: "a long run may fill it: it is then judged as far as its record goes",
        mend: "free some space, or name a folder with --out DIR",
      };
};

const cores: Judge = ({ cores: number, load }) => {
  const found = `${number} ${number === 1 ? "core" : "cores"}, load ${formatNumber(load)}`;
  return load <= number * busyShare
    ? { id: "cores", state: "ok", found }
    : {
        id: "cores",
        state: "gap",
        found,
        costs: "it is busy: runs take longer, and more of them come out inconclusive; none fails for it",
        mend: "wait until it is idle, or lower load.concurrency",
      };
};

/** JSON and people have no infinity. */
function count(value: number): string {
  return Number.isFinite(value) ? String(value) : "unlimited";
}

/** What there is enough of, or not. */
export const limitChecks: readonly Judge[] = [openFiles, pids, ptys, memory, disk, cores];
