import type { Load, Scenario, Settle } from "../model/scenario.js";

/** Some fields of T; those that are absent or undefined stay as they are. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What a quick run changes. */
export interface QuickSize {
  readonly load: Changes<Load>;
  readonly settle: Changes<Settle>;
  readonly drainMs?: number | undefined;
}

/** A scenario with the `quick:` block of its file, if it has one. */
export interface LoadedScenario extends Scenario {
  readonly quick?: QuickSize | undefined;
}
