// What lies over the curve. Each returns one value per batch, around or above 0.

export function none(batches) {
  return Array.from({ length: batches }, () => 0);
}

export function white(random, batches, sd) {
  return none(batches).map(() => sd * random.normal());
}

/** Whole numbers from -k to k. */
export function flapping(random, batches, k) {
  return none(batches).map(() => random.integer(-k, k));
}

/** Autocorrelated of the first order, started in its stationary state; `sd` is that of the values. */
export function ar1(random, batches, { sd, rho }) {
  let state = sd * random.normal();
  return none(batches).map(() => {
    const now = state;
    state = rho * state + sd * Math.sqrt(1 - rho * rho) * random.normal();
    return now;
  });
}

/** Garbage not yet collected: the look falls anywhere between two collections. */
export function garbage(random, batches, depth) {
  return none(batches).map(() => random.between(0, depth));
}

/** A collector's sawtooth seen in step with the load: rises for `period` batches (not a whole number), falls. */
export function teeth(random, batches, { depth, period }) {
  const phase = random.uniform();
  return none(batches).map((_, i) => depth * ((phase + i / period) % 1));
}

/** Rare high points. */
export function spikes(random, batches, { chance, size }) {
  return none(batches).map(() => (random.chance(chance) ? size : 0));
}

/** White noise that doubles, or more, from the first batch to the last. */
export function widening(random, batches, { sd, factor }) {
  return white(random, batches, sd).map((each, i) => each * (1 + ((factor - 1) * i) / batches));
}

export function add(...rows) {
  return rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0));
}
