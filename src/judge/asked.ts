import type { Verdict } from "../model/verdict.js";
import { rateText, seenText, type Unit } from "./wording.js";

export interface Sight {
  /** Why it would pass. */
  readonly reason: string;
  /** Units per operation; what is asked for is undefined where any power will do. */
  readonly detectable: number;
  readonly asked: number | undefined;
  readonly kind: "count" | "memory";
  /** Absent = operations. */
  readonly unit?: Unit | undefined;
}

/** A pass states what it would have seen; one that does not see what the scenario asks for is none. */
export function passIfSeen({ reason, detectable, asked, kind, unit = "operations" }: Sight): {
  readonly verdict: Extract<Verdict, "pass" | "inconclusive">;
  readonly reason: string;
} {
  const longer = unit === "seconds" ? "watch longer" : "run longer";
  if (!(detectable < Number.POSITIVE_INFINITY)) {
    return {
      verdict: "inconclusive",
      reason: `${reason}, but ${seenText(detectable, kind, unit)}: ${longer}`,
    };
  }
  if (asked === undefined || detectable <= asked) {
    return { verdict: "pass", reason: `${reason}; ${seenText(detectable, kind, unit)}` };
  }
  const short = `only above ${rateText(detectable, kind, unit)} would it have been seen, and ${rateText(asked, kind, unit)} is asked for`;
  return { verdict: "inconclusive", reason: `${reason}, but ${short}: ${longer}` };
}
