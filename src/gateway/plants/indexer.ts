// Re-enacts "3. Periodic Indexer Goroutine Leak", the loop in main without a way out: it is started again, the one
// before is not stopped, and the index only grows.
import type { Plant, PlantDefinition, Soil } from "./plant.js";
import { Timers } from "./timers.js";

export const indexer: PlantDefinition = {
  description: "the indexer is started again and never stopped, per session that searches",
  defaultRate: 1,
  grow,
};

/** The paths of some hundred files. */
const indexBytes = 32 * 1024;
/** Small, for the indexers multiply the ticks: hundreds of them must not fill the machine's memory in a minute. */
const appendedBytes = 1024;

function grow(soil: Soil): Plant {
  const tickers = new Timers();
  const searched = new WeakSet<object>();
  const index: Buffer[] = [];
  return {
    onSearch(session) {
      if (searched.has(session)) return;
      searched.add(session);
      if (!soil.leaks()) return;
      index.push(Buffer.alloc(indexBytes, soil.folder));
      const append = (): void => void index.push(Buffer.alloc(appendedBytes, soil.folder));
      tickers.keep(setInterval(append, soil.indexEveryMs));
      soil.report(session, "an indexer with its index");
    },
    uproot() {
      tickers.clear();
      index.length = 0;
    },
  };
}
