import { valueOf } from "../model/reading.js";
import { readCgroup, unifiedPath } from "../proc/cgroup.js";
import { cgroup2Mount, cgroupFolder, readMountinfo } from "../proc/mountinfo.js";
import { type Cgroup, openCgroup } from "./cgroup.js";

/**
 * The cgroup v2 folder that a running process is in, where nobody is in it but itself and its family: then whoever
 * joins is of the family, too. That of a service, or of a container that is looked into from outside.
 */
export function cgroupAlone(
  procRoot: string,
  pid: number,
  family: readonly number[],
): Pick<Cgroup, "pids"> | undefined {
  const mount = cgroup2Mount(valueOf(readMountinfo(procRoot, process.pid)) ?? []);
  const path = unifiedPath(valueOf(readCgroup(procRoot, pid)) ?? []);
  // Everyone who was put nowhere is in the root.
  if (!mount || path === undefined || path === "/") return undefined;
  const folder = cgroupFolder(mount, path);
  if (folder === undefined) return undefined;
  const cgroup = openCgroup(folder);
  const members = cgroup.pids();
  const known = new Set(family);
  const isAlone = members.includes(pid) && members.every((member) => known.has(member));
  // Nothing that could end it.
  return isAlone ? { pids: () => cgroup.pids() } : undefined;
}
