/** A load generator that nobody here wrote. */
export type Engine =
  /** Started once for the warm-up and once for each batch; what it did ends with it. */
  | {
      readonly kind: "command";
      /**
       * Placeholders: `{port}`, `{url}`, `{operations}` and `{batch}` (its number, 0 for the warm-up) of what it is to do,
       * `{concurrency}`, `{out}` (a file of its own).
       */
      readonly command: readonly string[];
      readonly count: Count;
      readonly withinMs: number;
    }
  /** Runs elsewhere and is not told anything: the looks are taken in the midst of its load, once each slot. */
  | {
      readonly kind: "external";
      /** Absent = nobody counts: what the target was put through is told in seconds. */
      readonly count?: Extract<Count, { from: "metric" }> | undefined;
      readonly slotMs: number;
    };

/** Engines whose own words are understood. */
export const engineNames = ["k6", "artillery", "locust", "wrk", "vegeta", "autocannon"] as const;
export type EngineName = (typeof engineNames)[number];

/** Where it is read how many operations an engine has done. */
export type Count =
  /** A summary that the engine is known to print or to write. */
  | { readonly from: "summary"; readonly of: EngineName }
  /** Its output, by a regular expression with a group `landed` and maybe `failed`. */
  | { readonly from: "output"; readonly pattern: string }
  /** A counter on a Prometheus page: the target's own or the engine's. */
  | { readonly from: "metric"; readonly url: string; readonly name: string };
