// Re-enacts "4. PTY Resource Leaks", Goose command handling: on an error path the master is not closed.
import { closeSync, constants, openSync } from "node:fs";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const pty: PlantDefinition = {
  description: "a PTY master that is not closed, per failing agent in a terminal",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const masters: number[] = [];
  return {
    onRunEnd(session, run) {
      if (!run.failed || !run.pty || !soil.leaks()) return;
      // The master for another try: O_NOCTTY, or it could become the gateway's own terminal.
      const master = openSync("/dev/ptmx", constants.O_RDWR | constants.O_NOCTTY);
      masters.push(master);
      soil.report(session, `the master fd=${master} of pid=${run.pid}`);
    },
    uproot() {
      for (const master of masters.splice(0)) closeSync(master);
    },
  };
}
