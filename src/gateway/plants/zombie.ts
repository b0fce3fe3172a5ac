// Re-enacts "1. Zombie Process Creation", terminateProcess: the agent has ended and nobody waits for it.
import { type ChildProcess, spawn } from "node:child_process";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const zombie: PlantDefinition = {
  description: "an exited child that nobody waits for, per failing agent",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const negligent: ChildProcess[] = [];
  return {
    onRunEnd(session, run) {
      if (!run.failed || !soil.leaks()) return;
      const parent = spawnNegligentParent();
      negligent.push(parent);
      soil.report(session, `a zombie of pid=${parent.pid}`);
    },
    uproot() {
      for (const parent of negligent.splice(0)) parent.kill("SIGKILL");
    },
  };
}

/** Node reaps its own children, so the zombie needs a parent that does not: a shell replaced by a sleep. */
function spawnNegligentParent(): ChildProcess {
  const parent = spawn("/bin/sh", ["-c", "sleep 0.01 & exec sleep 300"], { detached: true, stdio: "ignore" });
  parent.on("error", () => {});
  parent.unref();
  return parent;
}
