import type { Verdict } from "../model/verdict.js";
import { rateText, seenText } from "./wording.js";

export interface Sight {
  /** Why it would pass. */
  readonly reason: string;
  /** Units per operation; what is asked for is undefined where any power will do. */
  readonly detectable: number;
  readonly asked: number | undefined;
  readonly kind: "count" | "memory";
}

/** A pass states what it would have seen; one that does not see what the scenario asks for is none. */
export function passIfSeen({ reason, detectable, asked, kind }: Sight): {
  readonly verdict: Extract<Verdict, "pass" | "inconclusive">;
  readonly reason: string;
} {
  if (!(detectable < Number.POSITIVE_INFINITY)) {
    return { verdict: "inconclusive", reason: `${reason}, but ${seenText(detectable, kind)}: run longer` };
  }
  if (asked === undefined || detectable <= asked) {
    return { verdict: "pass", reason: `${reason}; ${seenText(detectable, kind)}` };
  }
  const short = `only above ${rateText(detectable, kind)} would it have been seen, and ${rateText(asked, kind)} is asked for`;
  return { verdict: "inconclusive", reason: `${reason}, but ${short}: run longer` };
}
