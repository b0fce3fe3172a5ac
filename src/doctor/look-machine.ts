import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statfsSync,
  statSync,
} from "node:fs";
import { createServer } from "node:net";
import { cpus, loadavg, release } from "node:os";
import { dirname } from "node:path";
import type { MachineFacts } from "../model/doctor.js";
import { valueOf } from "../model/reading.js";
import { readCgroupLimits } from "../proc/cgroup-limits.js";
import { readFds } from "../proc/fd.js";
import { readLimits } from "../proc/limits.js";
import { readMemory } from "../proc/memory.js";
import { listPids, seenPids } from "../proc/pids.js";
import { isProcUsable, readPidMax, readPtyCount, readPtyMax } from "../proc/system.js";
import { parseColonLines, parseKilobytes } from "../proc/status.js";

export interface MachineOptions {
  readonly procRoot: string;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: string;
  /** Where a run writes. */
  readonly reports: string;
  /** Where the cgroup of a run would be; undefined = cgroup v2 is not mounted for writing. */
  readonly cgroupFolder: string | undefined;
  readonly straceProblem: MachineFacts["straceProblem"];
}

/** Looks at this machine. Nothing is left of it: what is made to see whether it can be made is removed again. */
export async function lookAtMachine(options: MachineOptions): Promise<MachineFacts> {
  const { procRoot, env, platform, cgroupFolder, straceProblem, reports } = options;
  return {
    platform,
    kernel: platform === "linux" ? release() : undefined,
    node: process.version,
    ci: ciOf(env),
    container: isContainer(procRoot),
    uid: process.getuid?.(),
    proc: procFacts(procRoot),
    cgroup: cgroupFolder === undefined ? "none" : canMake(cgroupFolder) ? "own" : "read-only",
    ptraceScope: numberIn(`${procRoot}/sys/kernel/yama/ptrace_scope`),
    straceProblem,
    inspector: process.features.inspector,
    loopback: await canListen(),
    openFiles: valueOf(readLimits(procRoot, process.pid))?.openFiles,
    pids: pidsOf(procRoot),
    ptys: ptysOf(procRoot),
    memory: memoryOf(procRoot),
    cores: cpus().length,
    load: loadavg()[0] ?? 0,
    reports: reportsOf(reports),
  };
}

function procFacts(root: string): MachineFacts["proc"] {
  const self = process.pid;
  const fds = valueOf(readFds(root, self));
  const listed = listPids(root);
  return {
    usable: isProcUsable(root),
    hidden: !listed.ok,
    fds: fds !== undefined,
    memory: valueOf(readMemory(root, self))?.anonymousBytes !== undefined,
    countsFds: attempt(() => statSync(`${root}/${self}/fd`).size > 0) === true,
    othersFds: attempt(() => readdirSync(`${root}/1/fd`)) !== undefined,
  };
}

function ciOf({ GITHUB_ACTIONS, GITLAB_CI, CI }: NodeJS.ProcessEnv): string | undefined {
  if (GITHUB_ACTIONS) return "GitHub Actions";
  if (GITLAB_CI) return "GitLab CI";
  return CI && CI !== "false" ? "CI" : undefined;
}

/** By the files that Docker and Podman leave, and by the names of cgroups. */
function isContainer(root: string): boolean {
  if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) return true;
  const groups = attempt(() => readFileSync(`${root}/1/cgroup`, "utf8")) ?? "";
  const environ = attempt(() => readFileSync(`${root}/1/environ`, "utf8")) ?? "";
  return /docker|kubepods|containerd|libpod|lxc/.test(groups) || /(^|\0)container=/.test(environ);
}

function canMake(folder: string): boolean {
  const made = attempt(() => {
    mkdirSync(folder);
    return true;
  });
  if (made) rmdirSync(folder);
  return made === true;
}

async function canListen(): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(0, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function pidsOf(root: string): MachineFacts["pids"] {
  const own = readCgroupLimits(root, process.pid).pidsMax;
  const max = Math.min(
    valueOf(readPidMax(root)) ?? Number.POSITIVE_INFINITY,
    own ?? Number.POSITIVE_INFINITY,
  );
  // The fourth field of /proc/loadavg: running / existing tasks (proc_loadavg(5)).
  const tasks = /\/(\d+)/.exec(attempt(() => readFileSync(`${root}/loadavg`, "utf8")) ?? "")?.[1];
  return Number.isFinite(max) ? { max, used: Number(tasks ?? seenPids(root).length) } : undefined;
}

function ptysOf(root: string): MachineFacts["ptys"] {
  const max = valueOf(readPtyMax(root));
  const used = valueOf(readPtyCount(root));
  return max === undefined || used === undefined ? undefined : { max, used };
}

function memoryOf(root: string): MachineFacts["memory"] {
  const lines = parseColonLines(attempt(() => readFileSync(`${root}/meminfo`, "utf8")) ?? "");
  const [total, available] = ["MemTotal", "MemAvailable"].map((name) => parseKilobytes(lines.get(name)));
  if (total === undefined || available === undefined) return undefined;
  const bound = readCgroupLimits(root, process.pid).memoryMax ?? Number.POSITIVE_INFINITY;
  return { totalBytes: Math.min(total, bound), availableBytes: Math.min(available, bound) };
}

/** The folder itself need not be there yet. */
function reportsOf(folder: string): MachineFacts["reports"] {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  const stats = attempt(() => statfsSync(at));
  return {
    folder,
    writable: attempt(() => accessSync(at, constants.W_OK) ?? true) === true,
    freeBytes: stats && stats.bavail * stats.bsize,
  };
}

function numberIn(path: string): number | undefined {
  const text = attempt(() => readFileSync(path, "utf8"))?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** What cannot be read is not known. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
