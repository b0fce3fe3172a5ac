/** One execution of a flow, as the ledger keeps it. */
export interface Operation {
  /** 1, 2, 3 … in order of start, warm-up included. */
  readonly id: number;
  /** Its name. */
  readonly flow: string;
  /** 0 for the warm-up. */
  readonly batch: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** `aborted`: the run ended before it did. */
  readonly outcome: "landed" | "failed" | "aborted";
  /** For a failed one: the step, counted from 1, and what went wrong. */
  readonly step?: number | undefined;
  readonly reason?: string | undefined;
  /** The driver's own ends of the sockets that it opened, which join to the target's by inode and peer. */
  readonly localPorts: readonly number[];
  /** It ran alone, after the load and its drain, to see which operation leaves something: it counts for no rate. */
  readonly tail?: boolean | undefined;
}
