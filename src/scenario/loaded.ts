import type { Load, Scenario, Settle } from "../model/scenario.js";

/** What a quick run changes. */
export interface QuickSize {
  readonly load: Partial<Load>;
  readonly settle: Partial<Settle>;
  readonly drainMs?: number | undefined;
}

/** A scenario with the `quick:` block of its file, if it has one. */
export interface LoadedScenario extends Scenario {
  readonly quick?: QuickSize | undefined;
}
