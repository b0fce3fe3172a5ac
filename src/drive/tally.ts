import type { Outcome } from "./course.js";

/** Distinct reasons that a tally keeps apart; the rest are counted as one. */
const maxReasons = 100;
const others = "other reasons";

/** How the operations of one batch went. */
export interface BatchTally {
  readonly landed: number;
  readonly failed: number;
  /** Begun, and ended by the signal. */
  readonly aborted: number;
  /** Why those failed that did, and how many for each reason; without what differs from one to the next. */
  readonly reasons: ReadonlyMap<string, number>;
}

export class Tally implements BatchTally {
  landed = 0;
  failed = 0;
  aborted = 0;
  readonly reasons: Map<string, number> = new Map();

  count(outcome: Outcome): void {
    this[outcome.outcome]++;
    if (outcome.outcome !== "failed") return;
    const isKept = this.reasons.has(outcome.cause) || this.reasons.size < maxReasons;
    const reason = isKept ? outcome.cause : others;
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }
}
