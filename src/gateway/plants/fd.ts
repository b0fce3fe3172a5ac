// Re-enacts "Resource Consumption Growth": file descriptors, some per connection.
import { closeSync, openSync } from "node:fs";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const fd: PlantDefinition = {
  description: "a file descriptor that is not closed, per connection",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const open: number[] = [];
  return {
    onConnect(session) {
      if (!soil.leaks()) return;
      const fd = openSync("/dev/null", "r");
      open.push(fd);
      soil.report(session, `fd=${fd}`);
    },
    uproot() {
      for (const fd of open.splice(0)) closeSync(fd);
    },
  };
}
