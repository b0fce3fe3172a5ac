// Re-enacts "2. WebSocket Connection Leaks", the deferred function of handleWebSocket: "Context not cancelled".
import type { Plant, PlantDefinition, Soil } from "./plant.js";
import { Timers } from "./timers.js";

export const context: PlantDefinition = {
  description: "a context that is never cancelled, per connection",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const deadlines = new Timers();
  return {
    onConnect(session) {
      if (!soil.leaks()) return;
      const { signal } = new AbortController();
      signal.addEventListener("abort", () => deadlines.clear());
      deadlines.keep(setInterval(() => signal.throwIfAborted(), 1000));
      soil.report(session, "a context with its timer");
    },
    uproot: () => deadlines.clear(),
  };
}
