import { setTimeout as sleep } from "node:timers/promises";

/** How a piece of work ended, the limit included. */
export type Outcome =
  | { readonly outcome: "done" }
  | { readonly outcome: "failed"; readonly error: unknown }
  | { readonly outcome: "timed out" };

/** Runs `work` and waits for it, but no longer than `limitMs`. Never rejects; leaves no timer. */
export async function withinLimit(work: () => unknown, limitMs: number): Promise<Outcome> {
  const timer = new AbortController();
  try {
    return await Promise.race([outcomeOf(work), timeout(limitMs, timer.signal)]);
  } finally {
    timer.abort();
  }
}

async function outcomeOf(work: () => unknown): Promise<Outcome> {
  try {
    await work();
    return { outcome: "done" };
  } catch (error) {
    return { outcome: "failed", error };
  }
}

async function timeout(limitMs: number, signal: AbortSignal): Promise<Outcome> {
  await sleep(limitMs, undefined, { signal }).catch(() => undefined);
  return { outcome: "timed out" };
}
