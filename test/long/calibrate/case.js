// One labelled case, in the format that `watertight judge --series` reads.
import { leakingCounts } from "./counts-leaks.js";
import { stableCounts } from "./counts-stable.js";
import { drawLoad, evenLoad, totalOf } from "./load.js";
import { memories } from "./memory.js";
import { randomOf } from "./random.js";

const families = [...stableCounts, ...leakingCounts, ...memories];

/** The shapes of the public corpus at its very parameters, then all of them at parameters drawn wide. */
export const shapes = [
  ...families
    .filter(({ fixed }) => fixed !== undefined)
    .map((each) => ({ ...each, family: each.name, name: `public.${each.name}`, group: "public" })),
  ...families
    .filter(({ draw }) => draw !== undefined)
    .map((each) => ({ ...each, family: each.name, group: "wide" })),
];

/** The case of a shape: the same for the same base seed, batches and seed. */
export function caseOf(shape, { baseSeed, batches, seed }) {
  const random = randomOf([baseSeed, shape.name, batches, seed]);
  return shape.group === "public"
    ? publicCase(shape, { random, batches, seed })
    : wideCase(shape, { random, batches, seed });
}

function publicCase(shape, { random, batches, seed }) {
  const load = evenLoad(batches);
  const drawn = typeof shape.fixed === "function" ? shape.fixed({ random }) : shape.fixed;
  const made = shape.curve(drawn, { random, load });
  const [base, looks] = shape.kind === "count" ? [20, {}] : [60e6, { sd: 0.5e6, drainSd: 0.3e6 }];
  return assemble({ shape, random, load, seed, base, made, looks });
}

function wideCase(shape, { random, batches, seed }) {
  const drawn = drawLoad(random, batches);
  const load = shape.reload === undefined ? drawn : shape.reload(random, drawn);
  const made = shape.curve(shape.draw({ random, load }), { random, load });
  const base =
    shape.kind === "count" ? Math.round(random.logBetween(4, 300)) : random.logBetween(20e6, 400e6);
  const looks = shape.kind === "count" ? {} : drawLooks(random, made);
  const whole = assemble({ shape, random, load, seed, base, made, looks });
  return disturb(whole, random);
}

/** Looks before and after the load: either as noisy as those between, or calmer, close to the last one. */
function drawLooks(random, { noiseSd, again, floor }) {
  const calm = { sd: noiseSd / 2, drainSd: noiseSd / 4 };
  if (random.chance(0.5)) return calm;
  return {
    baseline: again(random.integer(3, 5)),
    drain: again(random.integer(3, 5)).map((each) => each + floor),
  };
}

function assemble({ shape, random, load, seed, base, made, looks }) {
  const end = made.above[load.batches - 1];
  const baseline = made.baseline ?? looks.baseline ?? around(random, 0, looks.sd);
  const drain = made.drain ?? looks.drain ?? around(random, end, looks.drainSd);
  // A count is never below nothing.
  const lift = Math.max(0, 1 - base - Math.min(...baseline, ...drain, ...made.above));
  const values = (row) => row.map((each) => Math.round(base + lift + each));
  return {
    name: `${shape.name}/n${load.batches}/s${seed}`,
    shape: shape.name,
    label: shape.label,
    kind: shape.kind,
    opsPerBatch: load.opsPerBatch,
    batchSeconds: load.batchSeconds,
    baseline: values(baseline),
    samples: values(made.above),
    finalDrain: values(drain),
    trueRatePerOp: made.rate,
    note: shape.note,
    clear: shape.group === "public" || isClear(shape, { load, made }),
    ...(load.even ? {} : { operations: load.operations, seconds: load.seconds }),
  };
}

function around(random, level, sd = 0) {
  return [1, 2, 3].map(() => level + sd * random.normal());
}

/** Whether the case is far enough from the edge of what anyone could see to be held to a bar. */
function isClear({ label, kind }, { load, made }) {
  if (made.edge === true) return false;
  if (label === "stable") return true;
  const sum = made.sum ?? made.rate * totalOf(load);
  const hidden = 10 * (made.spread ?? 0) * Math.sqrt(50 / load.batches);
  return sum >= hidden && (kind === "memory" || sum >= 15);
}

/** Missing samples in half of the cases, up to one in ten; a high point or two in one case of ten. */
function disturb(whole, random) {
  const [spiked, missing] = [random.chance(0.1), random.chance(0.5) ? random.between(0, 0.1) : 0];
  const samples = [...whole.samples];
  const spikes = spiked ? random.integer(1, 2) : 0;
  for (let i = 0; i < spikes; i++) {
    const size = whole.kind === "count" ? random.integer(3, 20) : Math.round(random.between(5e6, 30e6));
    samples[random.integer(0, samples.length - 1)] += size;
  }
  return { ...whole, samples: samples.map((each) => (random.chance(missing) ? null : each)) };
}

/** The case as the judge takes it; a missing sample is no point. */
export function seriesOf({ name, kind, baseline, samples, finalDrain, ...load }) {
  const { operations, seconds } = load.operations === undefined ? evenLoad(samples.length, load) : load;
  const points = samples
    .map((value, i) => ({ operations: operations[i], atMs: Math.round(seconds[i] * 1000), value }))
    .filter(({ value }) => value !== null);
  return { name, kind, baseline, points, drain: finalDrain };
}
