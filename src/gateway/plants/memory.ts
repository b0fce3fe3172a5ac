// Re-enacts "Resource Consumption Growth": memory, some of it per session that is over.
import { randomBytes } from "node:crypto";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const memory: PlantDefinition = {
  description: "256 KiB of history kept, per session",
  defaultRate: 1,
  grow,
};

const historyBytes = 256 * 1024;

function grow(soil: Soil): Plant {
  const histories: Buffer[] = [];
  return {
    onConnect(session) {
      if (!soil.leaks()) return;
      // Random, or the kernel could merge or compress equal pages.
      histories.push(randomBytes(historyBytes));
      soil.report(session, `${historyBytes} bytes of history`);
    },
    uproot() {
      histories.length = 0;
    },
  };
}
