import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A cgroup v2 folder of the target's own (kernel: admin-guide/cgroup-v2.rst). */
export interface Cgroup {
  readonly path: string;
  /** The processes in it and in folders that the target made below it; zombies are never listed. */
  pids(): number[];
  /** Kills all of them at once, new forks included (Linux 5.14 and later). */
  kill(): void;
  /** Bounds the memory of all of them together; false where the memory controller is not there. */
  limitMemory(bytes: number): boolean;
  /** False while a process is still in it. */
  remove(): boolean;
}

/** Makes a folder that a process can join; undefined where that is not allowed. */
export function createCgroup(path: string): Cgroup | undefined {
  const cgroup = openCgroup(path);
  if (!attempt(() => mkdirSync(path))) return undefined;
  if (canJoin(cgroup.path)) return cgroup;
  cgroup.remove();
  return undefined;
}

/** A folder that is there already. */
export function openCgroup(path: string): Cgroup {
  return {
    path,
    pids: () => folders(path).flatMap(pidsIn),
    kill: () => void attempt(() => writeFileSync(join(path, "cgroup.kill"), "1")),
    limitMemory: (bytes) => limitMemory(path, bytes),
    remove: () => {
      for (const folder of folders(path).toReversed()) attempt(() => rmdirSync(folder));
      return !existsSync(path);
    },
  };
}

/** Whether a folder may be made says nothing of the right to join it, which its parents decide too. */
function canJoin(path: string): boolean {
  const join = spawnSync("/bin/sh", ["-c", 'echo $$ > "$1/cgroup.procs"', "sh", path], { stdio: "ignore" });
  return join.status === 0;
}

function limitMemory(path: string, bytes: number): boolean {
  if (!existsSync(join(path, "memory.max"))) return false;
  // Without swap to flee to, what is over the limit is seen as that.
  attempt(() => writeFileSync(join(path, "memory.swap.max"), "0"));
  return attempt(() => writeFileSync(join(path, "memory.max"), String(bytes)));
}

/** The folder and those below it, parents first; none where it is gone. */
function folders(path: string): string[] {
  try {
    const below = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [path, ...below.flatMap((entry) => folders(join(path, entry.name)))];
  } catch {
    return [];
  }
}

function pidsIn(folder: string): number[] {
  try {
    // 0 stands for a process outside this pid namespace.
    return readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n").map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}
