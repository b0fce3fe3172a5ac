// Counts that are not a leak. `exact`: nothing random is left of it, or the drain settles it. `fixed` holds the parameters of the public corpus, `draw` draws wider ones.
import * as curves from "./curves.js";
import { sizesOf, totalOf } from "./load.js";
import * as noise from "./noise.js";
import { held, whole } from "./whole.js";

const still = (above, more = {}) => ({ above, rate: 0, ...more });
const family = (name, note, rest) => ({ name, note, kind: "count", label: "stable", ...rest });

export const stableCounts = [
  family("flat", "returns exactly to the baseline", {
    exact: true,
    fixed: {},
    draw: () => ({}),
    curve: (_, { load }) => still(noise.none(load.batches)),
  }),
  family("flapping", "a background worker flaps by k", {
    fixed: { k: 3, calm: true },
    draw: ({ random }) => ({ k: random.integer(1, 8), calm: random.chance(0.5) }),
    curve: ({ k, calm }, { random, load }) =>
      still(noise.flapping(random, load.batches, k), {
        spread: 0.6 * k,
        ...(calm ? {} : { baseline: noise.flapping(random, 4, k), drain: noise.flapping(random, 4, k) }),
      }),
  }),
  family("flapping_slow", "flaps slowly: autocorrelated", {
    draw: ({ random }) => ({ sd: random.between(1, 4), rho: random.between(0.3, 0.9) }),
    curve: ({ sd, rho }, { random, load }) => {
      const row = whole(noise.ar1(random, load.batches + 6, { sd, rho }), Math.round);
      return still(row.slice(3, -3), { baseline: row.slice(0, 3), drain: row.slice(-3), edge: rho > 0.7 });
    },
  }),
  family("pool_plateau", "a pool that fills in a straight line and stays", {
    exact: true,
    fixed: { size: 64, fill: 300 },
    draw: ({ random, load }) => ({
      size: Math.round(random.logBetween(4, 256)),
      fill: curves.operationAt(load, random.between(0.02, 0.3)),
    }),
    curve: (p, { load }) => still(whole(curves.pool(load, p))),
  }),
  family("pool_saturating", "a pool that fills as 1 - exp(-operations / tau)", {
    exact: true,
    fixed: { size: 40, tau: 200 },
    draw: ({ random, load }) => ({
      size: Math.round(random.logBetween(10, 200)),
      tau: curves.operationAt(load, random.between(0.01, 0.25)),
    }),
    curve: (p, { load }) =>
      still(whole(curves.saturating(load, p), Math.round), { edge: p.tau > 0.15 * totalOf(load) }),
  }),
  family("pool_hit_at_random", "a pool of slots that operations touch at random", {
    draw: ({ random, load }) => ({
      size: Math.round(Math.max(4, totalOf(load) * random.between(0.01, 0.15))),
    }),
    curve: ({ size }, { random, load }) => still(curves.slots(random, load, size)),
  }),
  family("pool_flapping", "a pool that fills under a flapping worker", {
    draw: ({ random, load }) => ({
      size: Math.round(random.logBetween(8, 128)),
      fill: curves.operationAt(load, random.between(0.02, 0.3)),
      k: random.integer(1, 4),
    }),
    curve: ({ size, fill, k }, { random, load }) =>
      still(noise.add(whole(curves.pool(load, { size, fill })), noise.flapping(random, load.batches, k))),
  }),
  family("pool_swapped_members", "a full pool whose members are replaced: a dip now and then", {
    exact: true,
    draw: ({ random }) => ({
      size: random.integer(5, 60),
      chance: random.between(0.1, 0.3),
      dip: random.integer(1, 2),
    }),
    curve: ({ size, chance, dip }, { random, load }) =>
      still(
        noise.add(
          curves.step(load, { at: 0, size }),
          noise.spikes(random, load.batches, { chance, size: -dip }),
        ),
        { drain: held(size) },
      ),
  }),
  family("lazy_step", "a one-off step: something initialised late", {
    exact: true,
    fixed: { share: [0.2, 0.55], size: 4 },
    draw: ({ random }) => ({ share: [0.1, 0.6], size: random.integer(1, 20) }),
    curve: ({ share, size }, { random, load }) =>
      still(curves.step(load, { at: Math.round(load.batches * random.between(...share)), size })),
  }),
  family("two_steps", "two steps, both early", {
    exact: true,
    draw: ({ random }) => ({
      shares: [random.between(0.02, 0.4), random.between(0.02, 0.4)],
      sizes: [random.integer(1, 20), random.integer(1, 20)],
    }),
    curve: ({ shares, sizes }, { load }) => {
      const steps = shares.map((share, i) =>
        curves.step(load, { at: Math.round(load.batches * share), size: sizes[i] }),
      );
      return still(noise.add(...steps));
    },
  }),
  family("warmup_step", "a step in the first batches", {
    exact: true,
    fixed: { at: 2, size: 8 },
    draw: ({ random }) => ({ at: random.integer(0, 3), size: random.integer(1, 40) }),
    curve: (p, { load }) => still(curves.step(load, p)),
  }),
  family("delayed_release", "the last batches are still held, the drain lets go", {
    exact: true,
    fixed: { hold: 3, rate: 0.1 },
    draw: ({ random }) => ({ hold: random.integer(1, 6), rate: random.logBetween(0.02, 1) }),
    curve: (p, { load }) => still(whole(curves.heldFor(load, p)), { drain: held(0) }),
  }),
  family("slow_release", "given back with a time constant, by the drain altogether", {
    exact: true,
    draw: ({ random, load }) => ({
      rate: random.logBetween(0.05, 1),
      tauSeconds: load.seconds[load.batches - 1] * random.between(0.01, 0.25),
      perLook: random.between(0.1, 0.6),
    }),
    curve: ({ perLook, ...p }, { random, load }) => {
      const above = curves.slowRelease(random, load, p);
      return still(above, { drain: curves.decay(above[load.batches - 1], { looks: 4, perLook }) });
    },
  }),
  family("held_until_drain", "climbs for the whole run; only the drain gives it back", {
    exact: true,
    draw: ({ random }) => ({ rate: random.logBetween(0.05, 1), perLook: random.between(0, 0.6) }),
    curve: ({ rate, perLook }, { random, load }) => {
      const above = curves.chances(random, load, rate);
      return still(above, { drain: curves.decay(above[load.batches - 1], { looks: 4, perLook }) });
    },
  }),
  family("outliers", "rare high points", {
    fixed: { chance: 1 / 12, size: 10, calm: true },
    draw: ({ random }) => ({
      chance: random.between(1 / 30, 1 / 8),
      size: random.integer(3, 30),
      calm: random.chance(0.5),
    }),
    curve: ({ calm, ...p }, { random, load }) =>
      still(noise.spikes(random, load.batches, p), calm ? {} : { drain: held(0) }),
  }),
  family(
    "sawtooth_counts",
    "climbs and is given back at once, again and again; the drain gives it back too",
    {
      exact: true,
      draw: ({ random, load }) => ({
        period: random.integer(3, Math.max(4, Math.floor(load.batches / 4))),
        perBatch: random.integer(1, 10),
        phase: random.integer(0, 15),
      }),
      curve: (p, { load }) => still(curves.climbs(load, p), { drain: held(0) }),
    },
  ),
  family("baseline_drift", "the baseline still moves before the load, then nothing does", {
    exact: true,
    draw: ({ random }) => ({ step: random.pick([-1, 1]) * random.integer(1, 5) }),
    curve: ({ step }, { load }) =>
      still(noise.none(load.batches), { baseline: [-3 * step, -2 * step, -step] }),
  }),
  family("peak_of_the_batch", "held in proportion to the batch that has just run; the drain lets go", {
    exact: true,
    draw: ({ random }) => ({ share: random.logBetween(0.02, 0.3) }),
    curve: ({ share }, { load }) =>
      still(whole(sizesOf(load).map((size) => share * size)), { drain: held(0) }),
  }),
];
