import type { HistoryEntry } from "../model/history.js";
import type { CriterionId } from "../model/verdict.js";
import { matches } from "./check.js";
import type { Pair, Quarantine } from "./suite.js";

/** What came of a run, as far as a quarantine asks. */
export interface Failed extends Pair {
  readonly night: string;
  /** Criteria that failed. */
  readonly criteria: readonly CriterionId[];
}

/** Those that hold no longer: what they covered counts again. */
export function expired(quarantine: readonly Quarantine[], night: string): Quarantine[] {
  return quarantine.filter(({ until }) => until < night);
}

/**
 * The quarantine that a fail is covered by: all that failed must be covered, by one of them or by several.
 * @returns that which ends first; undefined = it counts.
 */
export function quarantineOf(
  { night, criteria, ...pair }: Failed,
  quarantine: readonly Quarantine[],
): HistoryEntry["quarantine"] {
  const holding = quarantine.filter((each) => each.until >= night && matches(each, pair));
  const covered = criteria.map((id) => holding.find((each) => each.criteria?.includes(id) ?? true));
  const covering = covered.filter((each) => each !== undefined);
  if (covering.length === 0 || covering.length < covered.length) return undefined;
  const [first] = covering.sort((a, b) => (a.until < b.until ? -1 : 1));
  return first && { reason: first.reason, until: first.until };
}
