import type { Clock } from "../model/clock.js";
import type { Scenario } from "../model/scenario.js";
import type { Target } from "../target/target.js";
import type { Batch } from "./batch.js";
import { EngineLoad } from "./engine-load.js";
import { ExternalLoad } from "./external-load.js";
import type { Fate } from "./fate.js";
import type { Endpoint } from "./fill.js";
import type { Journal } from "./journal.js";

/** A load that nobody here makes. */
export interface ForeignLoad {
  /** Until it has made one batch of it; what it did is in the journal then, or why the run is broke in its fate. */
  runBatch(batch: Batch): Promise<void>;
}

export interface ForeignLoadOptions {
  readonly scenario: Scenario;
  readonly endpoint: Endpoint;
  readonly target: Target;
  /** Of the record. */
  readonly folder: string;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly fate: Fate;
  readonly procRoot: string;
}

/** Undefined where the flows make the load. */
export function foreignLoad(options: ForeignLoadOptions): ForeignLoad | undefined {
  const { engine } = options.scenario.load;
  if (!engine) return undefined;
  return engine.kind === "external" ? new ExternalLoad(options, engine) : new EngineLoad(options, engine);
}
