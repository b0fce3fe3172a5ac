import type { Step } from "../model/scenario.js";
import type { Values } from "./placeholders.js";
import type { StepFailure } from "./failure.js";

/** What an `expect` waits for. */
export interface Awaited {
  readonly step: Extract<Step, { readonly kind: "expect" }>;
  /** Index of the latest step before it that sets a variable which it uses; -1 where there is none. */
  readonly after: number;
}

/** The session whose steps await. */
export interface Awaiting {
  /** Index of the step at work. */
  readonly at: number;
  readonly fill: (text: string) => string;
}

/** Looks at what comes over one connection and ticks off what is awaited, in order. */
export interface Watch {
  /** The number, from 1, of what the next `expect` waits for. */
  next(): number;
  has(nth: number): boolean;
  /** The variables that it brought, or why it did not bring them. */
  taken(nth: number): Values | StepFailure | undefined;
  /** The last message that was not awaited, as a reason shows it. */
  readonly last: string;
  /** Looks again at what came before it was known what to look for. */
  recheck(): void;
}
