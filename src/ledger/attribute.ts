import type { RunView } from "../judge/run-view.js";
import type { Sureness } from "../model/finding.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";
import { birthsOf } from "./births.js";
import { censusOf } from "./census.js";
import { ownersOf } from "./owners.js";
import { Scene } from "./scene.js";
import { leftInTail } from "./tail.js";

/** Who left one thing. */
export interface Attribution {
  readonly operation: Operation;
  readonly sureness: Sureness;
  /** Why it is this one, e.g. `its session id is in the environment of pid 991`. */
  readonly because: string;
}

/**
 * Who left what; what is not in it is unattributed. Beside what was asked for it has what operations of the tail left,
 * after the drain: examples, which count for no rate.
 */
export type Ledger = ReadonlyMap<Leftover, Attribution>;

/**
 * Gives each thing that was left to the operation that left it, where that is known: `certain` by a mark that only one
 * operation can have made, or by a tie to what bears it, `likely` where only one operation was under way. Never a guess.
 */
export function attribute(view: RunView, left: readonly Leftover[]): Ledger {
  const census = censusOf(view);
  const owners = ownersOf(view, census);
  const bornAt = birthsOf(view);
  const scene = new Scene({ view, census, owners, look: view.drain.at(-1) });
  const atStop = new Set(view.record.stop?.survivors);
  const ledger = new Map<Leftover, Attribution>();
  for (const leftover of left) {
    const isAtStop = leftover.kind === "process" && atStop.has(leftover.entry);
    const found = isAtStop ? scene.markOf(leftover.entry) : scene.attributionOf(leftover, bornAt(leftover));
    if (found) ledger.set(leftover, found);
  }
  for (const [leftover, found] of leftInTail({ view, census, owners })) ledger.set(leftover, found);
  return ledger;
}
