import { type Gap, type Reading, valueOf } from "../model/reading.js";
import type { FdEntry, ProcessEntry } from "../model/resource.js";
import { readCmdline } from "./cmdline.js";
import { readFds } from "./fd.js";
import { countFds } from "./fd-count.js";
import { readLimits } from "./limits.js";
import { readMemory } from "./memory.js";

/** What to look at beside the cheap facts (state, command, threads, fd count, fd limit). */
export interface SampleDetail {
  readonly fds: boolean;
  readonly memory: boolean;
  /** Joins the fds with the tables of sockets; nothing without `fds`. */
  readonly sockets: boolean;
}

/** What is read of a process beside its stat. */
export interface Parts {
  readonly held: Pick<ProcessEntry, "command" | "fds" | "fdCount" | "softFdLimit" | "memory">;
  readonly gaps: readonly Gap[];
}

/** What a zombie holds. Not read, since its files are root's alone. */
export function partsOfExited(detail: SampleDetail): Parts {
  const fds = detail.fds ? { fds: [] } : {};
  const memory = detail.memory ? { memory: { rssBytes: 0, pssBytes: 0, anonymousBytes: 0 } } : {};
  return { held: { command: "", fdCount: 0, ...fds, ...memory }, gaps: [] };
}

/** Each part that cannot be read is absent, and named in the gaps. */
export function readParts(root: string, pid: number, detail: SampleDetail): Parts {
  const command = readCmdline(root, pid);
  const limits = readLimits(root, pid);
  const memory = detail.memory ? readMemory(root, pid) : undefined;
  const { held, gaps } = detail.fds ? listedFds(root, pid) : countedFds(root, pid);
  return {
    held: {
      command: valueOf(command)?.join(" ") ?? "",
      softFdLimit: valueOf(limits)?.openFiles.soft,
      memory: memory && valueOf(memory),
      ...held,
    },
    gaps: [...gapsOf(command, limits, memory), ...gaps],
  };
}

type FdParts = { readonly held: Pick<ProcessEntry, "fds" | "fdCount">; readonly gaps: readonly Gap[] };

function countedFds(root: string, pid: number): FdParts {
  const count = countFds(root, pid);
  return { held: { fdCount: valueOf(count) }, gaps: gapsOf(count) };
}

function listedFds(root: string, pid: number): FdParts {
  const list = readFds(root, pid);
  if (!list.ok) return { ...countedFds(root, pid), gaps: [list.gap] };
  const fds = list.value;
  return { held: { fds, fdCount: fds.length }, gaps: unnumberedMasters(root, pid, fds) };
}

function gapsOf(...readings: readonly (Reading<unknown> | undefined)[]): Gap[] {
  return readings.flatMap((reading) => (reading && !reading.ok ? reading.gap : []));
}

/** A PTY whose slave is unknown cannot be counted as held, and must not count as released. */
function unnumberedMasters(root: string, pid: number, fds: readonly FdEntry[]): Gap[] {
  return fds
    .filter((entry) => entry.target.endsWith("/ptmx") && entry.ptsNumber === undefined)
    .map((entry) => ({ what: `${root}/${pid}/fdinfo/${entry.fd}`, why: "no tty-index", pid }));
}
