// Memory in bytes: what is over the floor (noise) and what lifts the floor (curve), in every pair.
import * as curves from "./curves.js";
import { totalOf } from "./load.js";
import * as noise from "./noise.js";

const MB = 1e6;

/** Noises by name: `draw` gives parameters, `row` the values, `sd` their size, `spread` what hides a slope. */
const noises = {
  white: {
    draw: (random) => ({ sd: random.logBetween(0.2, 4) * MB }),
    row: ({ sd }, { random, load }) => noise.white(random, load.batches, sd),
    sd: ({ sd }) => sd,
  },
  ar1: {
    draw: (random) => ({ sd: random.logBetween(0.2, 3) * MB, rho: random.between(0.3, 0.95) }),
    row: (p, { random, load }) => noise.ar1(random, load.batches, p),
    // Neighbours say the same thing: fewer looks than it seems (Bayley & Hammersley 1946).
    sd: ({ sd }) => sd,
    spread: ({ sd, rho }) => sd * Math.sqrt((1 + rho) / (1 - rho)),
    edge: ({ rho }) => rho > 0.7,
  },
  garbage: {
    draw: (random) => ({ depth: random.between(4, 20) * MB }),
    row: ({ depth }, { random, load }) => noise.garbage(random, load.batches, depth),
    sd: ({ depth }) => depth / Math.sqrt(12),
  },
  teeth: {
    draw: (random) => ({ depth: random.between(4, 20) * MB, period: random.between(1.3, 5) }),
    row: (p, { random, load }) => noise.teeth(random, load.batches, p),
    sd: ({ depth }) => depth / Math.sqrt(12),
  },
  spikes: {
    draw: (random) => ({
      sd: random.logBetween(0.2, 2) * MB,
      chance: random.between(1 / 30, 1 / 8),
      size: random.between(5, 60) * MB,
    }),
    row: (p, { random, load }) =>
      noise.add(noise.white(random, load.batches, p.sd), noise.spikes(random, load.batches, p)),
    sd: ({ sd }) => sd,
  },
  widening: {
    draw: (random) => ({ sd: random.logBetween(0.2, 1.5) * MB, factor: random.between(2, 5) }),
    row: (p, { random, load }) => noise.widening(random, load.batches, p),
    sd: ({ sd, factor }) => sd * factor,
  },
};

const level = {
  none: { draw: () => ({}), rise: (_, { load }) => noise.none(load.batches) },
  warmup: {
    draw: ({ random, load }) => ({
      size: random.between(5, 50) * MB,
      tau: curves.operationAt(load, random.between(0.02, 0.25)),
    }),
    rise: (p, { load }) => curves.saturating(load, p),
  },
  steps: {
    // No later than a little before the middle: a step near the end cannot be told from a leak by anyone.
    draw: ({ random }) => ({
      shares: Array.from({ length: random.integer(1, 3) }, () => random.between(0.02, 0.45)),
      step: random.between(2, 16) * MB,
    }),
    rise: ({ shares, step }, { load }) =>
      shares
        .map((share) => curves.step(load, { at: Math.round(load.batches * share), size: step }))
        .reduce((sum, each) => noise.add(sum, each)),
  },
};

/** What the drain shows when all but the floor at the baseline has been given back. */
const givenBack = (over, p, { random, load }) => over.row(p, { random, load: { ...load, batches: 4 } });

/** One family: a noise over a level, with a leak in it or without. */
function family(name, [noiseName, levelName = "none"], more = {}) {
  const [over, under] = [noises[noiseName], level[levelName]];
  const { leak = false, note = `${noiseName}${levelName === "none" ? "" : ` over ${levelName}`}` } = more;
  return {
    name,
    note,
    kind: "memory",
    label: leak ? "leak" : "stable",
    fixed: more.fixed,
    draw:
      more.publicOnly === true
        ? undefined
        : ({ random, load }) => ({
            ...over.draw(random),
            ...under.draw({ random, load }),
            rate: leak ? random.logBetween(2e3, MB) : 0,
            from: leak === "late" ? curves.operationAt(load, random.between(0.2, 0.6)) : 0,
            drift: more.drift === true ? random.pick([-1, 1]) * random.between(1, 6) * MB : 0,
          }),
    curve: (p, at) => shape(p, at, { over, under, released: more.released === true }),
  };
}

function shape(p, at, { over, under, released }) {
  const { rate, from = 0, drift = 0 } = p;
  const floor = noise.add(under.rise(p, at), curves.late(at.load, { rate, from }));
  const above = noise.add(over.row(p, at), floor);
  const total = totalOf(at.load);
  const edge = over.edge?.(p) === true || (p.tau ?? 0) > 0.15 * total;
  return {
    above,
    floor: floor[floor.length - 1],
    rate,
    noiseSd: over.sd(p),
    again: (looks) => over.row(p, { ...at, load: { ...at.load, batches: looks } }),
    spread: (over.spread ?? over.sd)(p),
    sum: rate * (total - from),
    edge,
    ...(drift === 0 ? {} : { baseline: [-3 * drift, -2 * drift, -drift] }),
    ...(released ? { drain: givenBack(over, p, at) } : {}),
  };
}

const publicSteps = ({ random }) => ({
  shares: [random.between(0, 0.45), random.between(0, 0.45)],
  step: 8 * MB,
  sd: 0.5 * MB,
  rate: 0,
});

export const memories = [
  family("mem_flat", ["white"], { fixed: { sd: MB, rate: 0 } }),
  family("mem_ar1", ["ar1"], { fixed: { sd: 1.4 * MB, rho: 0.7, rate: 0 } }),
  family("mem_sawtooth", ["garbage"], { fixed: { depth: 12 * MB, rate: 0 } }),
  family("mem_sawtooth_in_step", ["teeth"]),
  family("mem_warmup", ["white", "warmup"], { fixed: { size: 25 * MB, tau: 300, sd: 0.8 * MB, rate: 0 } }),
  family("mem_warmup_ar1", ["ar1", "warmup"]),
  family("mem_warmup_sawtooth", ["garbage", "warmup"]),
  family("mem_warmup_widening", ["widening", "warmup"], {
    note: "noise that grows with the level it lies on",
  }),
  family("mem_steps", ["white", "steps"], { fixed: publicSteps }),
  family("mem_outliers", ["spikes"]),
  family("mem_widening", ["widening"]),
  family("mem_baseline_drift", ["white"], { drift: true, note: "white; the baseline still moves, then not" }),
  family("mem_given_back", ["white", "warmup"], {
    released: true,
    note: "a warm-up that the drain gives back",
  }),
  family("mem_leak_20k", ["white"], { leak: true, publicOnly: true, fixed: { sd: MB, rate: 2e4 } }),
  family("mem_leak_1m", ["white"], { leak: true, publicOnly: true, fixed: { sd: 2 * MB, rate: MB } }),
  family("mem_leak_white", ["white"], { leak: true }),
  family("mem_leak_ar1", ["ar1"], { leak: true, fixed: { sd: 0.8 * MB, rho: 0.65, rate: 1e4 } }),
  family("mem_leak_sawtooth", ["garbage"], { leak: true, fixed: { depth: 12 * MB, rate: 1.5e4 } }),
  family("mem_leak_sawtooth_in_step", ["teeth"], { leak: true }),
  family("mem_leak_outliers", ["spikes"], { leak: true }),
  family("mem_leak_widening", ["widening"], { leak: true }),
  family("mem_leak_warmup", ["white", "warmup"], { leak: true }),
  family("mem_leak_steps", ["white", "steps"], { leak: true }),
  family("mem_leak_late", ["white"], { leak: "late" }),
];
