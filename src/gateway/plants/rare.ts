// Re-enacts "1. Zombie Process Creation", "No Resource Cleanup: file descriptors not closed properly", on an error
// path so seldom that only a long run with a stated power can tell it from nothing.
import { closeSync, openSync } from "node:fs";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const rare: PlantDefinition = {
  description: "a file descriptor that is not closed, per 50 failing agents",
  defaultRate: 0.02,
  grow,
};

function grow(soil: Soil): Plant {
  const open: number[] = [];
  return {
    onRunEnd(session, run) {
      if (!run.failed || !soil.leaks()) return;
      const fd = openSync("/dev/null", "r");
      open.push(fd);
      soil.report(session, `fd=${fd} after pid=${run.pid}`);
    },
    uproot() {
      for (const fd of open.splice(0)) closeSync(fd);
    },
  };
}
