// Re-enacts "2. WebSocket Connection Leaks", the deferred function of handleWebSocket: "Active processes not
// terminated". The agent runs on with its terminal or pipes; the process manager ends it when the gateway stops.
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const orphan: PlantDefinition = {
  description: "the agent of a client that left in mid-run is not ended",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  return {
    keepsAgent(session, pid) {
      const kept = soil.leaks();
      if (kept) soil.report(session, `the agent pid=${pid} runs on`);
      return kept;
    },
    uproot() {},
  };
}
