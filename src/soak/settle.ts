import type { Clock } from "../model/clock.js";
import type { Settle } from "../model/scenario.js";

/** How often the target is looked at while it settles. */
const lookEveryMs = 25;

export interface SettleOptions {
  readonly settle: Settle;
  readonly clock: Clock;
  /** A short text of what is held; the target is quiet while it stays the same. */
  readonly look: () => string;
  readonly signal: AbortSignal;
}

/**
 * Waits until nothing has changed for `quietMs`.
 * @returns false when the target was still moving after `withinMs`, or the wait was aborted.
 */
export async function settle(options: SettleOptions): Promise<boolean> {
  const { clock, signal, look } = options;
  const givenUpAtMs = clock.now() + options.settle.withinMs;
  let last = look();
  let sinceMs = clock.now();
  while (!signal.aborted) {
    if (clock.now() - sinceMs >= options.settle.quietMs) return true;
    if (clock.now() >= givenUpAtMs) return false;
    await clock.sleep(lookEveryMs, signal);
    const seen = look();
    if (seen !== last) sinceMs = clock.now();
    last = seen;
  }
  return false;
}
