// Re-enacts "1. Zombie Process Creation", terminateProcess: the goroutine that calls cmd.Wait() never returns.
import type { Plant, PlantDefinition, Soil } from "./plant.js";
import { Timers } from "./timers.js";

export const stuckWait: PlantDefinition = {
  description: "a waiter that never returns, per failing agent",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const waiters = new Timers();
  return {
    onRunEnd(session, run) {
      if (!run.failed || !soil.leaks()) return;
      waiters.keep(setInterval(() => {}, 1000));
      soil.report(session, `a waiter for pid=${run.pid}`);
    },
    uproot: () => waiters.clear(),
  };
}
