import type { Load, Scenario, Settle } from "../model/scenario.js";

/** Some fields of T; those that are absent or undefined stay as they are. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What a quick run changes. */
export interface QuickSize {
  readonly load: Changes<Load>;
  readonly settle: Changes<Settle>;
  readonly drainMs?: number | undefined;
  /** Asked in place of what the criteria that count ask for. */
  readonly detectPerOperation?: number | undefined;
}

/** What is left to say of a load that is sized by the power asked for. */
export interface Sizing {
  /** The batch that the file names. */
  readonly batch: number | undefined;
}

/**
 * A scenario with the `quick:` block of its file, if it has one. How far it may go on by itself is what the file
 * says, and no more: the defaults follow from the size (see withSize).
 */
export interface LoadedScenario extends Scenario {
  readonly quick?: QuickSize | undefined;
  /** The file asks for power, and gives neither operations nor a duration. */
  readonly sizing?: Sizing | undefined;
}
