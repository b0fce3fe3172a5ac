import type { AllowanceUse } from "../model/verdict.js";
import { quoted } from "./wrapped.js";

/** What became of an allowance, in one line. */
export function allowanceText({ what, reason, builtIn, used, state }: AllowanceUse): string {
  const kind = builtIn ? " (built in)" : "";
  return quoted(`${words[state](used, what)}${kind}: ${reason}`);
}

const words: Readonly<Record<AllowanceUse["state"], (used: number, what: string) => string>> = {
  used: (used, what) => `allowed: ${used} of ${what}`,
  over: (used, what) => `allowed: only ${used} of ${what}; the others count`,
  unused: (_, what) => `unused, take it out: ${what}`,
  expired: (_, what) => `expired, so it all counts: ${what}`,
};
