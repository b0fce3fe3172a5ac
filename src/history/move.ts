import type { CriterionId } from "../model/verdict.js";
import type { Place } from "./place.js";

/** A leak that came or went, of one criterion. */
export interface Move extends Place {
  readonly kind: "leak" | "fix";
  readonly criterion: CriterionId;
  /** True: it leaked before and leaks after, at another rate. */
  readonly inRate: boolean;
}
