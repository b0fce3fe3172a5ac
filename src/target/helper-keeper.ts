import { randomUUID } from "node:crypto";
import { startKeeper } from "./keeper-link.js";
import { markerName } from "./start.js";

/** A keeper that knows of the tool's own programs, and of nothing else: a target that runs already is not its business. */
export interface HelperKeeper {
  readonly pid: number;
  watch(pid: number): void;
  dismiss(): Promise<void>;
}

export async function startHelperKeeper(procRoot: string): Promise<HelperKeeper> {
  const keeper = await startKeeper();
  // Nobody carries this marker.
  const marker = `${markerName}=${randomUUID()}`;
  keeper.tell({ type: "guard", procRoot, marker, cgroup: undefined, tempDirs: [], toolPid: process.pid });
  return {
    pid: keeper.pid,
    watch: (pid) => keeper.watch(procRoot, pid),
    dismiss: () => keeper.dismiss(),
  };
}
