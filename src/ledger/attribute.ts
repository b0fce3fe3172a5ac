import type { RunView } from "../judge/run-view.js";
import type { Sureness } from "../model/finding.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";

/** Who left one thing. */
export interface Attribution {
  readonly operation: Operation;
  readonly sureness: Sureness;
  /** Why it is this one, e.g. `its session id is in the environment of pid 991`. */
  readonly because: string;
}

/** Who left what; what is not in it is unattributed. */
export type Ledger = ReadonlyMap<Leftover, Attribution>;

/** Gives each thing that was left to the operation that left it, where that is known. */
export function attribute(_view: RunView, _left: readonly Leftover[]): Ledger {
  return new Map();
}
