/** Time, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since some moment, by a clock that nobody sets (CLOCK_MONOTONIC): for how long things take. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal is aborted (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
