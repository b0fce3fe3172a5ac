import type { Clock } from "../model/clock.js";
import { formatDuration } from "../model/units.js";

export interface Limit {
  readonly clock: Clock;
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The outcome of `work`, unless the time is up or the signal is aborted first: then it rejects with
 * the reason, and the signal that `work` was given is aborted.
 */
export async function within<T>(limit: Limit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal } = limit;
  const over = new AbortController();
  const stop = (): void => over.abort();
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  try {
    return await Promise.race([expire(limit, over.signal), work(over.signal)]);
  } catch (error) {
    if (signal?.aborted) throw new Error("aborted", { cause: error });
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    over.abort();
  }
}

async function expire({ clock, ms }: Limit, ended: AbortSignal): Promise<never> {
  await clock.sleep(ms, ended);
  throw new Error(`no answer within ${formatDuration(ms)}`);
}
