import type { TargetSpec } from "../model/scenario.js";
import { type Cgroup, createCgroup } from "./cgroup.js";
import { type KeeperLink, startKeeper } from "./keeper-link.js";
import { runCgroupPath } from "./own-cgroup.js";
import { markerName } from "./start.js";

export interface GuardOptions {
  readonly spec: Pick<TargetSpec, "limits">;
  /** A UUID: marks the target's processes and names its cgroup. */
  readonly runId: string;
  readonly procRoot?: string;
  /** Folders of this run that the keeper removes should the tool be killed. */
  readonly tempDirs?: readonly string[];
  /** `marker` = do not try for a cgroup. */
  readonly follow?: "marker";
}

/** What is there before the target is. */
export interface Guarded {
  readonly procRoot: string;
  readonly marker: string;
  readonly keeper: KeeperLink;
  readonly cgroup: Cgroup | undefined;
  /** The limit that the tool must enforce; undefined where there is none, or the kernel does. */
  readonly memoryLimitBytes: number | undefined;
}

/**
 * Starts the keeper and makes the cgroup. The keeper is told the path before the folder is made, so that
 * a kill in between leaves nothing.
 */
export async function guard(options: GuardOptions): Promise<Guarded> {
  const { procRoot = "/proc", runId, spec, tempDirs = [] } = options;
  const keeper = await startKeeper();
  const path = options.follow === "marker" ? undefined : runCgroupPath(procRoot, runId);
  const marker = `${markerName}=${runId}`;
  keeper.tell({ type: "guard", procRoot, marker, cgroup: path, tempDirs, toolPid: process.pid });
  const cgroup = path === undefined ? undefined : createCgroup(path);
  const limit = spec.limits.memoryBytes;
  const byKernel = limit !== undefined && cgroup?.limitMemory(limit) === true;
  return { procRoot, marker, keeper, cgroup, memoryLimitBytes: byKernel ? undefined : limit };
}

/** For a target that could not be started. */
export async function unguard({ cgroup, keeper }: Guarded): Promise<void> {
  cgroup?.remove();
  await keeper.dismiss();
}
