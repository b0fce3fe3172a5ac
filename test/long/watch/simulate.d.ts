import type { RunRecord } from "../../../src/model/record.js";
import type { Random } from "../calibrate/random.js";

/** Seconds, sessions a second, and shares of sessions; time 0 is when the watch begins. */
export interface Plan {
  readonly forSeconds: number;
  readonly everySeconds: number;
  /** Of the server at time 0. */
  readonly ageSeconds: number;
  readonly most: number;
  readonly rate: (at: number) => number;
  readonly duration: (random: Random) => number;
  readonly lingerSeconds?: (random: Random) => number;
  readonly uses?: string | ((random: Random) => string);
  readonly leaks?: Readonly<Record<string, number>>;
  readonly leaksPerHour?: number;
  readonly leakKind?: string;
  readonly [more: string]: unknown;
}

export interface WatchShape {
  readonly name: string;
  readonly label: "healthy" | "leak";
  /** What fails where it leaks, the main one first. */
  readonly criteria: readonly string[];
  readonly plan: (random: Random) => Plan;
  readonly rateOf?: (plan: Plan) => number;
}

export function simulate(
  shape: Pick<WatchShape, "plan" | "rateOf">,
  words: readonly (string | number)[],
): { readonly record: RunRecord; readonly ratePerSecond: number | undefined };
