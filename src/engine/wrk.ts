import type { Said, Tally } from "./said.js";

/**
 * Requests of wrk that were answered, and those that were not or badly.
 * Source: what wrk 4.1 prints, https://github.com/wg/wrk/blob/master/src/wrk.c
 */
export function wrkTally({ stdout }: Said): Tally | undefined {
  const answered = /^ +(\d+) requests in /m.exec(stdout)?.[1];
  if (answered === undefined) return undefined;
  const bad = Number(/^ +Non-2xx or 3xx responses: (\d+)$/m.exec(stdout)?.[1] ?? 0);
  const errors = /^ +Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)$/m.exec(stdout);
  const unanswered = (errors ?? []).slice(1).reduce((sum, count) => sum + Number(count), 0);
  return { landed: Math.max(0, Number(answered) - bad), failed: bad + unanswered };
}
