// Counts that leak. `fixed` holds the parameters of the public corpus, `draw` draws wider ones.
// `rate` is the growth per operation while it leaks, `sum` what there is to see of it, `spread` what hides it.
import * as curves from "./curves.js";
import { totalOf, unsteadyLoad } from "./load.js";
import * as noise from "./noise.js";
import { held, whole } from "./whole.js";

const family = (name, note, rest) => ({ name, note, kind: "count", label: "leak", ...rest });
const last = (row) => row[row.length - 1];
const poolOf = ({ random, load }) => ({
  size: Math.round(random.logBetween(8, 128)),
  fill: curves.operationAt(load, random.between(0.02, 0.3)),
});

/** Each operation leaves one with chance 1 / k. */
function rare(k, more = {}) {
  return family(k === undefined ? "leak_rare_random" : `leak_1_in_${k}`, "rare, at random", {
    draw: ({ random }) => ({ p: 1 / (k ?? random.logBetween(10, 100)) }),
    curve: ({ p }, { random, load }) => ({ above: curves.chances(random, load, p), rate: p }),
    ...more,
  });
}

export const leakingCounts = [
  family("leak_every_op", "every operation leaves some", {
    exact: true,
    fixed: { per: 1 },
    draw: ({ random }) => ({ per: random.integer(1, 3) }),
    curve: ({ per }, { load }) => ({ above: curves.linear(load, per), rate: per }),
  }),
  family("leak_one_in", "one operation in k leaves one, deterministically", {
    exact: true,
    draw: ({ random }) => ({ k: Math.round(random.logBetween(2, 100)) }),
    curve: ({ k }, { load }) => ({ above: whole(curves.linear(load, 1 / k)), rate: 1 / k }),
  }),
  family("leak_tenth", "one operation in ten leaves one, deterministically", {
    exact: true,
    fixed: { k: 10 },
    curve: ({ k }, { load }) => ({ above: whole(curves.linear(load, 1 / k)), rate: 1 / k }),
  }),
  rare(undefined, { fixed: { p: 0.02 } }),
  rare(50),
  rare(100),
  rare(250),
  rare(500),
  family("leak_rare_flapping", "a rare leak under a flapping worker", {
    fixed: { p: 0.02, k: 3 },
    draw: ({ random }) => ({ p: 1 / random.logBetween(5, 100), k: random.integer(1, 5) }),
    curve: ({ p, k }, { random, load }) => ({
      above: noise.add(curves.chances(random, load, p), noise.flapping(random, load.batches, k)),
      rate: p,
      spread: 0.6 * k,
    }),
  }),
  family("leak_late_start", "starts late, e.g. once a table is full", {
    exact: true,
    fixed: { share: 1 / 3, rate: 0.2, wholeBatches: true },
    draw: ({ random }) => ({ share: random.between(0.2, 0.6), rate: random.logBetween(0.05, 1) }),
    curve: ({ share, rate, wholeBatches }, { load }) => {
      const from = wholeBatches
        ? load.operations[Math.floor(load.batches * share)]
        : curves.operationAt(load, share);
      return { above: whole(curves.late(load, { rate, from })), rate, sum: rate * (totalOf(load) - from) };
    },
  }),
  family("leak_late_start_random", "starts late, at random", {
    draw: ({ random }) => ({ share: random.between(0.2, 0.6), p: random.logBetween(0.02, 0.5) }),
    curve: ({ share, p }, { random, load }) => {
      const from = curves.operationAt(load, share);
      const started = { ...load, operations: load.operations.map((each) => Math.max(0, each - from)) };
      return { above: curves.chances(random, started, p), rate: p, sum: p * (totalOf(load) - from) };
    },
  }),
  family("leak_plus_pool", "a leak on top of a pool that fills", {
    exact: true,
    fixed: { rate: 0.3, size: 64, fill: 320 },
    draw: ({ random, load }) => ({ rate: random.logBetween(0.02, 1), ...poolOf({ random, load }) }),
    curve: ({ rate, ...p }, { load }) => ({
      above: whole(noise.add(curves.linear(load, rate), curves.pool(load, p))),
      rate,
    }),
  }),
  family("leak_plus_saturating", "a random leak on top of a pool that saturates", {
    draw: ({ random, load }) => ({
      p: random.logBetween(0.02, 1),
      size: Math.round(random.logBetween(10, 200)),
      tau: curves.operationAt(load, random.between(0.01, 0.15)),
    }),
    curve: ({ p, size, tau }, { random, load }) => ({
      above: noise.add(
        curves.chances(random, load, p),
        whole(curves.saturating(load, { size, tau }), Math.round),
      ),
      rate: p,
      spread: size / 20,
    }),
  }),
  family("leak_plus_step", "a random leak and a one-off step", {
    draw: ({ random }) => ({
      p: random.logBetween(0.02, 1),
      share: random.between(0.1, 0.6),
      size: random.integer(1, 20),
    }),
    curve: ({ p, share, size }, { random, load }) => ({
      above: noise.add(
        curves.chances(random, load, p),
        curves.step(load, { at: Math.round(load.batches * share), size }),
      ),
      rate: p,
    }),
  }),
  family("leak_plus_slow_release", "a leak among what is only given back slowly", {
    draw: ({ random, load }) => ({
      p: random.logBetween(0.02, 0.5),
      rate: random.logBetween(0.05, 0.5),
      tauSeconds: load.seconds[load.batches - 1] * random.between(0.01, 0.15),
    }),
    curve: ({ p, ...slow }, { random, load }) => {
      const leaked = curves.chances(random, load, p);
      const released = curves.slowRelease(random, load, slow);
      const spread = Math.sqrt(Math.max(1, last(released)));
      return { above: noise.add(leaked, released), rate: p, drain: held(last(leaked)), spread };
    },
  }),
  family("leak_bursty", "one batch in some leaks many at once", {
    least: 50,
    fixed: { oneIn: 10, size: 10 },
    draw: ({ random, load }) => ({
      oneIn: random.integer(5, Math.max(5, Math.min(12, Math.floor(load.batches / 7)))),
      size: random.integer(5, 20),
    }),
    curve: ({ oneIn, size }, { random, load }) => {
      let level = 0;
      const above = load.operations.map(() => (level += random.chance(1 / oneIn) ? size : 0));
      return { above, rate: (size * load.batches) / oneIn / totalOf(load) };
    },
  }),
  family("leak_one_flow", "only the operations of one flow leave one", {
    draw: ({ random }) => ({ share: random.logBetween(0.03, 0.5) }),
    curve: ({ share }, { random, load }) => ({ above: curves.chances(random, load, share), rate: share }),
  }),
  family("leak_over_time", "driven by time, not by load; goes on in the drain", {
    reload: unsteadyLoad,
    draw: ({ random, load }) => ({ perSecond: random.logBetween(30, 600) / last(load.seconds) }),
    curve: ({ perSecond }, { load }) => {
      const at = (seconds) => Math.floor(perSecond * seconds);
      const end = last(load.seconds);
      const looks = [1, 2, 3].map((look) => at(end + 2 * look * load.batchSeconds));
      const baseline = [-2, -1, 0].map((look) => at(look * load.batchSeconds));
      return {
        above: load.seconds.map(at),
        rate: (perSecond * end) / totalOf(load),
        drain: looks,
        baseline,
        sum: perSecond * end,
      };
    },
  }),
  family("leak_behind_restarts", "climbs, and a restarted worker hides it", {
    draw: ({ random, load }) => {
      const count = random.integer(1, load.batches < 50 ? 2 : 4);
      const part = load.batches / (count + 1);
      const restarts = Array.from({ length: count }, (_, i) =>
        Math.round(part * (i + 1 + random.between(-0.25, 0.25))),
      );
      return { rate: random.logBetween(0.1, 1), restarts };
    },
    curve: ({ rate, restarts }, { load }) => ({
      above: whole(curves.restarted(load, { rate, restarts })),
      rate,
      sum: (rate * totalOf(load)) / (restarts.length + 1),
    }),
  }),
  family("leak_in_child", "a child leaks while its launcher stays as it is", {
    draw: ({ random }) => ({ p: random.logBetween(0.02, 1), k: random.integer(0, 1) }),
    curve: ({ p, k }, { random, load }) => ({
      above: noise.add(curves.chances(random, load, p), noise.flapping(random, load.batches, k)),
      rate: p,
      spread: 0.6 * k,
    }),
  }),
  family("leak_on_sawtooth", "a leak under counts that climb and are given back", {
    draw: ({ random, load }) => ({
      p: random.logBetween(0.05, 1),
      period: random.integer(3, Math.max(4, Math.floor(load.batches / 6))),
      perBatch: random.integer(1, 5),
      phase: random.integer(0, 15),
    }),
    curve: ({ p, ...saw }, { random, load }) => {
      const leaked = curves.chances(random, load, p);
      const spread = (saw.period * saw.perBatch) / 3;
      return {
        above: noise.add(leaked, curves.climbs(load, saw)),
        rate: p,
        drain: held(last(leaked)),
        spread,
      };
    },
  }),
];
