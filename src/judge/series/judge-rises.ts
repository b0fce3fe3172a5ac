import type { SeriesVerdict } from "../../model/series.js";
import type { Shape } from "../../model/verdict.js";
import { type Increment, type LastingRate, lastingRate } from "../../stats/lasting-rate.js";
import { normalQuantile } from "../../stats/normal-quantile.js";
import { poissonMidPInterval } from "../../stats/poisson-interval.js";
import { dispersionOf, sums, tailAfterChange } from "../../stats/rate-change.js";
import { detectableRate } from "../power.js";
import { outcome } from "./outcome.js";
import type { Prepared } from "./prepared.js";
import type { Rises } from "./rises.js";

/** Below this the dispersion is rounding, not regularity. */
const leastDispersion = 0.02;
/** A growth is called over when the silence after it would be this unlikely of one that goes on. */
const silenceAlpha = 0.0005;
/** A single step is one-off when at least this share of the run came after it. */
const quietAfterStep = 0.45;
/** One-sided chance above which nothing speaks for growth. */
const passAbove = 0.03;

/** Judges a count without noise: by when its increments came. */
export function judgeRises(prepared: Prepared, rises: Rises): SeriesVerdict {
  const { increments } = rises;
  const left = prepared.end - prepared.start;
  const events = increments.filter(({ units }) => units > 0);
  if (left <= 0) return given(prepared, rises, events);
  if (events.length === 0) return late(prepared, left);
  const silence = silenceOf(increments);
  if (silence.isOver) return over(prepared, increments, silence);
  return going(prepared, rises);
}

/** Back at the baseline. */
function given(prepared: Prepared, { falls }: Rises, events: readonly Increment[]): SeriesVerdict {
  const shape: Shape = events.length === 0 ? "clean" : falls > 0 ? "sawtooth" : "slow release";
  const detectable = detectableRate(prepared.operations, prepared.rigour.power);
  const reasons: Partial<Record<Shape, string>> = {
    clean: "none was left",
    sawtooth: "none was left: it rises and falls back, and the drain gave back the rest",
    "slow release": "none was left: the drain gave all of it back, a slow release and not a leak",
  };
  return outcome(
    prepared,
    { verdict: "pass", shape, perOperation: 0, low: 0, high: detectable, detectable, reason: reasons[shape] ?? "" },
    { events: events.length },
  );
}

/** Nothing came during the load, and something during the drain. */
function late(prepared: Prepared, left: number): SeriesVerdict {
  const detectable = detectableRate(prepared.operations, prepared.rigour.power);
  const high = (left + 1) * detectable;
  return outcome(
    prepared,
    {
      verdict: "inconclusive",
      shape: "unclear",
      perOperation: 0,
      low: 0,
      high,
      detectable: high,
      reason: `${left} came during the drain, when no operation ran: run it again with a longer drain to tell`,
    },
    { left },
  );
}

interface Silence {
  readonly isOver: boolean;
  /** Points since the last increment. */
  readonly points: number;
  readonly events: number;
}

/** Whether the increments have stopped: the points since the last one, against how often they came before. */
function silenceOf(increments: readonly Increment[]): Silence {
  const last = increments.findLastIndex(({ units }) => units > 0);
  const points = increments.length - 1 - last;
  const events = increments.filter(({ units }) => units > 0).length;
  const share = events / (last + 1);
  const recent = increments.slice(Math.max(0, last + 1 - points), last + 1);
  const recentShare = recent.filter(({ units }) => units > 0).length / Math.max(1, recent.length);
  const often = Math.min(share, recentShare);
  const isOver =
    events === 1 && last > 1
      ? points >= quietAfterStep * increments.length
      : (1 - often) ** points < silenceAlpha || (last <= 1 && points >= quietAfterStep * increments.length);
  return { isOver, points, events };
}

function over(prepared: Prepared, increments: readonly Increment[], silence: Silence): SeriesVerdict {
  const { units } = sums(increments);
  const clump = units / silence.events;
  const isStep = silence.events <= 2;
  const last = increments.findLastIndex((increment) => increment.units > 0);
  const quiet = sums(increments.slice(last + 1)).length;
  const detectable = clump * detectableRate(isStep ? prepared.operations : quiet, prepared.rigour.power) * (isStep ? 1.4 : 1);
  const shape: Shape = !isStep ? "filling pool" : last <= 1 ? "warm-up" : "one-off step";
  return outcome(
    prepared,
    {
      verdict: "pass",
      shape,
      perOperation: 0,
      low: 0,
      high: detectable,
      detectable,
      reason: `${units} came and stayed, and then no more for ${quiet} operations: ${shape === "filling pool" ? "a pool that has filled" : "a one-off step"}, not a leak`,
    },
    { events: silence.events, quietPoints: silence.points },
  );
}

function going(prepared: Prepared, rises: Rises): SeriesVerdict {
  const { increments, falls } = rises;
  const { rigour } = prepared;
  const lasting = lastingRate(increments);
  const known = rateOf(increments, lasting);
  const z = normalQuantile(1 - rigour.alpha);
  const numbers = {
    falls,
    z: lasting.z,
    zNeeded: z,
    dispersion: lasting.dispersion,
    lastingRate: lasting.rate,
    events: increments.filter(({ units }) => units > 0).length,
  };
  const detectable = lasting.upper(normalQuantile(rigour.power));
  if (lasting.z > z && isKept(prepared) && !isAbating(increments)) {
    const shape = shapeOf(rises, known);
    const reason = `${prepared.end - prepared.start} left and still growing by ${known.rate} per operation`;
    return outcome(prepared, { verdict: "fail", shape, ...interval(known), detectable, reason }, numbers);
  }
  const mean = sums(increments).units / prepared.operations;
  if (lasting.z < normalQuantile(1 - passAbove) && lasting.upper(1.96) < mean / 3) {
    const high = lasting.upper(normalQuantile(0.975));
    return outcome(
      prepared,
      {
        verdict: "pass",
        shape: "filling pool",
        perOperation: lasting.rate,
        low: 0,
        high,
        detectable,
        reason: `the growth dies away: a pool that fills, not a leak`,
      },
      numbers,
    );
  }
  const reason = `${prepared.end - prepared.start} left, neither clearly growing nor clearly over: run longer to tell`;
  return outcome(
    prepared,
    { verdict: "inconclusive", shape: "unclear", ...interval(known), low: 0, detectable, reason },
    numbers,
  );
}

interface Known {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly before: number;
}

function interval({ rate, low, high }: Known) {
  return { perOperation: rate, low, high };
}

/** The rate at which it goes on: beside what fades, after a change, or all along, whichever explains the most. */
function rateOf(increments: readonly Increment[], lasting: LastingRate): Known {
  const tail = tailAfterChange(increments);
  const whole = sums(increments);
  if (lasting.fadingGain > tail.gain && lasting.fadingGain > Math.log(increments.length)) {
    const z = normalQuantile(0.975);
    return { rate: lasting.rate, low: lasting.lower(z), high: lasting.upper(z), before: whole.units / whole.length };
  }
  const { units, length } = sums(tail.increments);
  const dispersion = Math.max(leastDispersion, dispersionOf(tail.increments));
  const { low, high } = poissonMidPInterval(units / dispersion, { confidence: 0.95 });
  const head = sums(increments.slice(0, increments.length - tail.increments.length));
  return {
    rate: units / length,
    low: (dispersion * low) / length,
    high: (dispersion * high) / length,
    before: head.length > 0 ? head.units / head.length : units / length,
  };
}

/** The last third brought less than half of what the middle third did, by more than chance. */
function isAbating(increments: readonly Increment[]): boolean {
  const third = Math.floor(increments.length / 3);
  const middle = sums(increments.slice(-2 * third, -third)).units;
  const last = sums(increments.slice(-third)).units;
  return last < middle / 2 && middle - last > 2 * Math.sqrt(middle + last);
}

function isKept({ points, start, end }: Prepared): boolean {
  const last = points.at(-1)?.y ?? start;
  return end - start > (last - start) / 2;
}

function shapeOf({ falls, increments }: Rises, { rate, before }: Known): Shape {
  if (falls > 0) return "leak behind restarts";
  if (before > 1.3 * rate) return "leak on a pool";
  if (before < 0.5 * rate) return "late leak";
  const events = increments.filter(({ units }) => units > 0);
  const { units } = sums(increments);
  if (events.length < 0.4 * increments.length && units >= 3 * events.length) return "leak in bursts";
  return units < 2 * increments.length ? "rare leak" : "steady leak";
}
