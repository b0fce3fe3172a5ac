import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../model/clock.js";

/** The real time. */
export const wallClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    // An abort only cuts the wait short.
    await delay(ms, undefined, signal ? { signal } : undefined).catch(() => undefined);
  },
};
