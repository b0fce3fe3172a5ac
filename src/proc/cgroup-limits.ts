import { valueOf } from "../model/reading.js";
import { type CgroupMembership, readCgroup, unifiedPath } from "./cgroup.js";
import { readKernelFile } from "./kernel-file.js";
import { cgroup1Mount, cgroup2Mount, cgroupFolder, type Mount, readMountinfo } from "./mountinfo.js";

/** What the cgroups of a process allow it; undefined = no limit, or none that can be read. */
export interface CgroupLimits {
  /** Processes and threads (pids.max). */
  readonly pidsMax: number | undefined;
  /** Bytes (memory.max, in version 1 memory.limit_in_bytes). */
  readonly memoryMax: number | undefined;
}

/** Version 1 writes the largest number of pages for "no limit": nothing real comes near to it. */
const noLimitFrom = 2 ** 60;

/** The lowest of the limits from the cgroup of a process up to the highest that is mounted: each of them binds. */
export function readCgroupLimits(root: string, pid: number): CgroupLimits {
  const memberships = valueOf(readCgroup(root, pid)) ?? [];
  const mounts = valueOf(readMountinfo(root, pid)) ?? [];
  const limit = (controller: string, unified: string, legacy: string): number | undefined =>
    lowest([
      ...limitsAlong(cgroup2Mount(mounts), unifiedPath(memberships), unified),
      ...limitsAlong(cgroup1Mount(mounts, controller), legacyPath(memberships, controller), legacy),
    ]);
  return {
    pidsMax: limit("pids", "pids.max", "pids.max"),
    memoryMax: limit("memory", "memory.max", "memory.limit_in_bytes"),
  };
}

function legacyPath(memberships: readonly CgroupMembership[], controller: string): string | undefined {
  return memberships.find(({ controllers }) => controllers.includes(controller))?.path;
}

function limitsAlong(mount: Mount | undefined, path: string | undefined, file: string): number[] {
  const own = mount && path !== undefined ? cgroupFolder(mount, path) : undefined;
  if (!mount || own === undefined) return [];
  const limits: number[] = [];
  for (let folder = own; folder.length >= mount.mountPoint.length; ) {
    // The root of a hierarchy has no such file.
    const limit = valueOf(readKernelFile({ path: `${folder}/${file}`, parse: parseLimit }));
    if (limit !== undefined) limits.push(limit);
    folder = folder.slice(0, folder.lastIndexOf("/"));
  }
  return limits;
}

/** A count or a number of bytes; Infinity for `max`. */
export function parseLimit(text: string): number | undefined {
  const word = text.trim();
  if (word === "max") return Number.POSITIVE_INFINITY;
  return /^\d+$/.test(word) ? Number(word) : undefined;
}

function lowest(limits: readonly number[]): number | undefined {
  const least = Math.min(...limits);
  return least < noLimitFrom ? least : undefined;
}
