import { join } from "node:path";
import { valueOf } from "../model/reading.js";
import { readCgroup, unifiedPath } from "../proc/cgroup.js";
import { cgroup2Mount, cgroupFolder, readMountinfo } from "../proc/mountinfo.js";

/**
 * The folder that a run's cgroup would have: below the tool's own, so that whatever bounds the tool bounds the target.
 * Undefined where cgroup v2 is not mounted, or not for writing.
 */
export function runCgroupPath(procRoot: string, runId: string): string | undefined {
  const mount = cgroup2Mount(valueOf(readMountinfo(procRoot, process.pid)) ?? []);
  const own = unifiedPath(valueOf(readCgroup(procRoot, process.pid)) ?? []);
  if (!mount || mount.readOnly || own === undefined) return undefined;
  const folder = cgroupFolder(mount, own);
  return folder === undefined ? undefined : join(folder, `watertight-${runId}`);
}
