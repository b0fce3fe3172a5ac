import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** A line of /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  /** The folder of the mounted file system that is seen at the mount point. */
  readonly root: string;
  readonly mountPoint: string;
  /** `ext4`, `proc`, `cgroup2`, … */
  readonly type: string;
  /** Of the mount or of the file system. */
  readonly readOnly: boolean;
}

/** In the order they were mounted: a later one covers an earlier one. Undefined where a line is malformed. */
export function parseMountinfo(text: string): Mount[] | undefined {
  const mounts = text.split("\n").filter(Boolean).map(parseLine);
  const whole = mounts.filter((mount) => mount !== undefined);
  return whole.length === mounts.length ? whole : undefined;
}

/** `36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root rw`: any number of tags before the dash. */
function parseLine(line: string): Mount | undefined {
  const found = /^\d+ \d+ \S+ (\S+) (\S+) (\S+)(?: \S+)* - (\S+) \S* (\S+)$/.exec(line);
  if (!found) return undefined;
  const [, root = "", mountPoint = "", options = "", type = "", superOptions = ""] = found;
  const readOnly = [...options.split(","), ...superOptions.split(",")].includes("ro");
  return { root: unescape(root), mountPoint: unescape(mountPoint), type, readOnly };
}

/** Space, tab, newline and backslash are written in octal, e.g. `\040`. */
function unescape(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));
}

export function readMountinfo(root: string, pid: number): Reading<Mount[]> {
  return readKernelFile({ path: `${root}/${pid}/mountinfo`, pid, parse: parseMountinfo });
}

/**
 * Where the unified cgroup hierarchy is: /sys/fs/cgroup, on hybrid systems /sys/fs/cgroup/unified.
 * Undefined where it is not mounted.
 */
export function cgroup2Mount(mounts: readonly Mount[]): Mount | undefined {
  return mounts.findLast((mount) => mount.type === "cgroup2");
}

/** Where the hierarchy of a controller of cgroup v1 is: by custom the last folder of its mount point bears its name. */
export function cgroup1Mount(mounts: readonly Mount[], controller: string): Mount | undefined {
  return mounts.findLast(
    ({ type, mountPoint }) =>
      type === "cgroup" && mountPoint.split("/").at(-1)?.split(",").includes(controller),
  );
}

/** The folder of a cgroup, given its path of /proc/PID/cgroup; undefined where the mount does not show it. */
export function cgroupFolder(mount: Mount, path: string): string | undefined {
  const top = mount.root === "/" ? "" : mount.root;
  if (path !== top && !path.startsWith(`${top}/`)) return undefined;
  if (path.split("/").includes("..")) return undefined;
  return `${mount.mountPoint}${path.slice(top.length)}`.replace(/\/$/, "");
}
