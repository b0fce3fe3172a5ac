import type { SeriesVerdict } from "../../model/series.js";
import type { Shape } from "../../model/verdict.js";
import { formatNumber } from "../../model/units.js";
import { type Increment, sums } from "../../stats/increments.js";
import { type LastingRate, lastingRate } from "../../stats/lasting-rate.js";
import { normalQuantile } from "../../stats/normal-quantile.js";
import { poissonInterval } from "../../stats/poisson-interval.js";
import { detectableRate } from "../power.js";
import { rateText } from "../wording.js";
import { type GoingRate, goingRate } from "./going-rate.js";
import { outcome } from "./outcome.js";
import type { Prepared } from "./prepared.js";
import type { Rises } from "./rises.js";
import { eventsIn, type Silence, silenceOf } from "./silence.js";

/** One-sided chance above which nothing speaks for growth. */
const passAbove = 0.03;
/** Few enough events that each may have been the only one of its kind. */
const mostSteps = 2;

/** Judges a count without noise, by when its increments came. */
export function judgeRises(prepared: Prepared, rises: Rises): SeriesVerdict {
  const { increments } = rises;
  const left = prepared.end - prepared.start;
  if (left <= 0) return givenBack(prepared, rises);
  if (eventsIn(increments) === 0) return cameInDrain(prepared, left);
  const silence = silenceOf(increments);
  return silence.isOver ? judgeOver(prepared, increments, silence) : judgeGoing(prepared, rises);
}

const backReasons: Partial<Record<Shape, string>> = {
  clean: "none was left",
  "baseline drift": "none was left: what came, came before the load",
  sawtooth: "none was left: it rises and falls back, and the drain gave back the rest",
  "slow release": "none was left: the drain gave all of it back, a slow release and not a leak",
};

function givenBack(prepared: Prepared, { falls, increments }: Rises): SeriesVerdict {
  const events = eventsIn(increments);
  const still: Shape = prepared.drifted > 0 ? "baseline drift" : "clean";
  const shape: Shape = events === 0 ? still : falls > 0 ? "sawtooth" : "slow release";
  const detectable = detectableRate(prepared.operations, prepared.rigour.power);
  const reason = backReasons[shape] ?? "";
  const rate = { perOperation: 0, low: 0, high: detectable, detectable };
  return outcome(prepared, { verdict: "pass", shape, reason, ...rate }, { events });
}

/** Nothing came during the load. */
function cameInDrain(prepared: Prepared, left: number): SeriesVerdict {
  const high = (left + 1) * detectableRate(prepared.operations, prepared.rigour.power);
  const known = {
    verdict: "inconclusive",
    shape: "unclear",
    perOperation: 0,
    low: 0,
    high,
    detectable: high,
  } as const;
  const reason = `${formatNumber(left)} came during the drain, when no operation ran: run it again with a longer drain to tell`;
  return outcome(prepared, { ...known, reason }, { left });
}

/** The growth has stopped: what could still leak are clumps of the size that was seen, at the rate that few events allow. */
function judgeOver(prepared: Prepared, increments: readonly Increment[], silence: Silence): SeriesVerdict {
  const { units } = sums(increments);
  const { power } = prepared.rigour;
  const isStep = silence.events <= mostSteps;
  const most = poissonInterval(silence.events, { confidence: power, sides: 1 }).high / prepared.operations;
  const perEvent = isStep ? most : detectableRate(silence.operations, power);
  const detectable = (units / silence.events) * perEvent;
  const shape: Shape = silence.isEarly ? "warm-up" : isStep ? "one-off step" : "filling pool";
  const what = {
    "warm-up": "a warm-up",
    "one-off step": "a one-off step",
    "filling pool": "a pool that has filled",
  };
  const reason = `${formatNumber(units)} came and stayed, and no more in the ${silence.operations} operations after that: ${what[shape]}, not a leak`;
  const rate = { perOperation: 0, low: 0, high: detectable, detectable };
  return outcome(
    prepared,
    { verdict: "pass", shape, reason, ...rate },
    { events: silence.events, quietPoints: silence.points },
  );
}

function judgeGoing(prepared: Prepared, rises: Rises): SeriesVerdict {
  const { increments, falls } = rises;
  const lasting = lastingRate(increments);
  const going = goingRate(increments, lasting);
  const numbers = {
    events: eventsIn(increments),
    falls,
    z: lasting.z,
    zNeeded: normalQuantile(1 - prepared.rigour.alpha),
    dispersion: lasting.dispersion,
    lastingRate: lasting.rate,
  };
  const detectable = lasting.upper(normalQuantile(prepared.rigour.power));
  const rate = { perOperation: going.rate, low: going.low, high: going.high, detectable };
  const isGrowing = lasting.z > numbers.zNeeded && isKept(prepared) && !isAbating(increments);
  if (isGrowing) {
    const reason = `it grows by ${rateText(going.rate, "count")} and does not stop growing`;
    return outcome(prepared, { verdict: "fail", shape: shapeOf(rises, going), reason, ...rate }, numbers);
  }
  if (hasFaded(prepared, increments, lasting)) return faded(prepared, lasting, numbers);
  const reason = `${formatNumber(prepared.end - prepared.start)} left, neither clearly growing nor clearly over: run longer to tell`;
  return outcome(prepared, { verdict: "inconclusive", shape: "unclear", reason, ...rate, low: 0 }, numbers);
}

/** What could last is a small part of what came. */
function hasFaded({ operations }: Prepared, increments: readonly Increment[], lasting: LastingRate): boolean {
  const mean = sums(increments).units / operations;
  return lasting.z < normalQuantile(1 - passAbove) && lasting.upper(normalQuantile(0.975)) < mean / 3;
}

function faded(
  prepared: Prepared,
  lasting: LastingRate,
  numbers: Readonly<Record<string, number>>,
): SeriesVerdict {
  const high = lasting.upper(normalQuantile(0.975));
  const detectable = lasting.upper(normalQuantile(prepared.rigour.power));
  const reason = "the growth dies away: a pool that fills, not a leak";
  const rate = { perOperation: lasting.rate, low: 0, high, detectable };
  return outcome(prepared, { verdict: "pass", shape: "filling pool", reason, ...rate }, numbers);
}

function isKept({ points, start, end }: Prepared): boolean {
  const last = points.at(-1)?.y ?? start;
  return end - start > (last - start) / 2;
}

/** The last third brought less than half of what the middle third did, by more than chance. */
function isAbating(increments: readonly Increment[]): boolean {
  const third = Math.floor(increments.length / 3);
  const middle = sums(increments.slice(-2 * third, -third)).units;
  const last = sums(increments.slice(-third)).units;
  return last < middle / 2 && middle - last > 2 * Math.sqrt(middle + last);
}

/** Clumps of so many units, in less than so many of the points, are bursts. */
const burst = { units: 3, share: 0.4 };

function shapeOf({ falls, increments }: Rises, { rate, before }: GoingRate): Shape {
  if (falls > 0) return "leak behind restarts";
  if (before > 1.3 * rate) return "leak on a pool";
  if (before < 0.5 * rate) return "late leak";
  const events = eventsIn(increments);
  const { units } = sums(increments);
  if (events < burst.share * increments.length && units >= burst.units * events) return "leak in bursts";
  return events < increments.length / 2 || units < 2 * increments.length ? "rare leak" : "steady leak";
}
