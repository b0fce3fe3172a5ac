// Re-enacts "1. Zombie Process Creation", terminateProcess: the agent has ended and nobody waits for it.
import { type ChildProcess, spawn } from "node:child_process";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const zombie: PlantDefinition = {
  description: "an exited child that nobody waits for, per failing agent",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const nursery = startNursery();
  return {
    onRunEnd(session, run) {
      if (!run.failed || !soil.leaks()) return;
      nursery.stdin?.write("\n");
      soil.report(session, `a zombie for the agent pid=${run.pid}`);
    },
    uproot() {
      if (nursery.pid !== undefined && nursery.exitCode === null) process.kill(-nursery.pid, "SIGKILL");
    },
  };
}

/**
 * Node reaps its own children, so a zombie needs a parent that does not: a shell replaced by a sleep, one per line.
 * Their shell is started before any session: a child inherits the PTY masters that are open in its parent.
 */
function startNursery(): ChildProcess {
  const negligent = "while read -r _; do (sleep 0.01 & exec sleep 300) & done";
  const nursery = spawn("/bin/sh", ["-c", negligent], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  nursery.on("error", () => {});
  nursery.stdin?.on("error", () => {});
  nursery.unref();
  return nursery;
}
