// The curves under the noise: how much is held above the baseline at the end of each batch.
import { runningSum, sizesOf, totalOf } from "./load.js";

export function linear(load, rate) {
  return load.operations.map((operations) => rate * operations);
}

/** Nothing before operation `from`. */
export function late(load, { rate, from }) {
  return load.operations.map((operations) => rate * Math.max(0, operations - from));
}

/** Each operation leaves one with chance `p`. */
export function chances(random, load, p) {
  return runningSum(sizesOf(load).map((size) => random.hits(size, p)));
}

/** A pool that fills in a straight line over the first `fill` operations. */
export function pool(load, { size, fill }) {
  return load.operations.map((operations) => size * Math.min(1, operations / fill));
}

/** What rises as 1 - exp(-operations / tau). */
export function saturating(load, { size, tau }) {
  return load.operations.map((operations) => size * (1 - Math.exp(-operations / tau)));
}

/** A pool of `size` slots; each operation touches one at random, and a touched slot stays. */
export function slots(random, load, size) {
  let held = 0;
  return sizesOf(load).map((operations) => {
    for (let i = 0; i < operations && held < size; i++) if (random.chance(1 - held / size)) held++;
    return held;
  });
}

/** `at` is the first batch that holds it. */
export function step(load, { at, size }) {
  return load.operations.map((_, i) => (i >= at ? size : 0));
}

/** Every operation's share is held for the next `hold` batches, then given back. */
export function heldFor(load, { hold, rate }) {
  return load.operations.map((operations, i) => rate * (operations - (load.operations[i - hold] ?? 0)));
}

/** Taken at random at `rate` per operation, given back at random with the time constant `tauSeconds`. */
export function slowRelease(random, load, { rate, tauSeconds }) {
  let held = 0;
  return sizesOf(load).map((size, i) => {
    const passed = load.seconds[i] - (load.seconds[i - 1] ?? 0);
    // Taken evenly over the batch: on average half of it has passed.
    held = random.hits(held, Math.exp(-passed / tauSeconds));
    held += random.hits(random.hits(size, rate), Math.exp(-passed / 2 / tauSeconds));
    return held;
  });
}

/** What is left of `held` after each look of the drain; the last look outlasts everything. */
export function decay(held, { looks, perLook }) {
  return Array.from({ length: looks }, (_, i) =>
    i === looks - 1 ? 0 : Math.round(held * perLook ** (i + 1)),
  );
}

/** Climbs at `rate` and falls back to nothing where a worker is restarted, before the batches of `restarts`. */
export function restarted(load, { rate, restarts }) {
  let since = 0;
  return load.operations.map((operations, i) => {
    if (restarts.includes(i)) since = load.operations[i - 1] ?? 0;
    return rate * (operations - since);
  });
}

/** Counts that climb for `period` batches and are then given back at once. */
export function climbs(load, { period, perBatch, phase }) {
  return load.operations.map((_, i) => perBatch * ((i + phase) % period));
}

/** The operation at a share of the run. */
export function operationAt(load, share) {
  return Math.round(share * totalOf(load));
}
