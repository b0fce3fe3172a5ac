import type { Rigour, Series, SeriesPoint, SeriesVerdict } from "../model/series.js";
import { passIfSeen } from "./asked.js";
import { type HoldingPoint, type Holdings, birthOperations } from "./holdings.js";
import { judgeSeries } from "./judge-series.js";
import { detectableRate } from "./power.js";
import type { RunView } from "./run-view.js";
import { counted } from "./wording.js";

export interface SurvivorCase {
  readonly view: RunView;
  readonly holdings: Holdings<unknown>;
  readonly rigour: Rigour;
  readonly allow: number;
  /** Singular and plural. */
  readonly noun: readonly [string, string];
}

/** Of a leak half of what survived was there in the first half of the run; of a pool whose members change next to nothing. */
const leastEarlyShare = 0.2;

/**
 * Judges a set by its survivors: who was not there at the baseline and is there after the drain, and when each
 * was first there. Of a leak they came all along.
 */
export function judgeSurvivors(found: SurvivorCase): SeriesVerdict {
  const births = judgeSeries(birthSeries(found), found.rigour);
  const held = judgeSeries(heldSeries(found), found.rigour);
  const isPool = held.verdict === "pass" && !isFromEarlyOn(found);
  if (births.verdict === "fail") return isPool ? swapped(held, found) : births;
  const { survivors } = found.holdings;
  const replaced = survivors.filter(({ standsIn }) => standsIn).length;
  const net = survivors.length - replaced;
  if (net <= 0) return clean(found, replaced);
  if (net <= found.allow) return allowed(found, net);
  if (births.verdict === "inconclusive" && isPool) return swapped(held, found);
  return replaced > 0 ? { ...births, reason: `${replacedText(found, replaced)}; ${births.reason}` } : births;
}

/** How many of the survivors were there already at each point. */
function birthSeries({ view, holdings }: SurvivorCase): Series {
  const births = birthOperations(holdings).toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity));
  let there = 0;
  return seriesOf(view, holdings, {
    value: ({ operations }) => {
      while ((births[there] ?? Infinity) <= operations) there++;
      return there;
    },
    drain: holdings.survivors.length,
  });
}

/** How many members were held that were not there at the baseline. */
function heldSeries({ view, holdings }: SurvivorCase): Series {
  return seriesOf(view, holdings, { value: ({ novel }) => novel, drain: holdings.survivors.length });
}

interface Measure {
  readonly value: (point: HoldingPoint) => number;
  readonly drain: number;
}

function seriesOf(
  { batches, baseline }: RunView,
  holdings: Holdings<unknown>,
  { value, drain }: Measure,
): Series {
  const startedAtMs = baseline.at(-1)?.atMs ?? 0;
  const times = new Map(batches.map(({ batch, atMs }) => [batch, atMs - startedAtMs]));
  const points = holdings.points.map((point): SeriesPoint => {
    return { operations: point.operations, atMs: times.get(point.batch) ?? 0, value: value(point) };
  });
  return { name: "survivors", kind: "count", baseline: [0], points, drain: [drain] };
}

function isFromEarlyOn({ holdings }: SurvivorCase): boolean {
  const half = (holdings.points.at(-1)?.operations ?? 0) / 2;
  const early = birthOperations(holdings).filter((birth) => birth !== undefined && birth <= half).length;
  return early >= leastEarlyShare * holdings.survivors.length;
}

/** The same number, of other members: a pool. */
function swapped(held: SeriesVerdict, { holdings, noun }: SurvivorCase): SeriesVerdict {
  const what = counted(holdings.survivors.length, noun);
  return { ...held, shape: "filling pool", reason: `a pool of ${what} whose members change: ${held.reason}` };
}

function clean(found: SurvivorCase, replaced: number): SeriesVerdict {
  const { holdings } = found;
  const late = (holdings.points.at(-1)?.novel ?? 0) - holdings.survivors.length;
  const parts = [
    replaced > 0 ? replacedText(found, replaced) : undefined,
    "none was left",
    late > 0 && replaced === 0
      ? `${late} given back only in the drain: a slow release, not a leak`
      : undefined,
  ];
  const shape = late > 0 ? "slow release" : "clean";
  return steady(found, { left: 0, shape, what: parts.filter((part) => part !== undefined).join("; ") });
}

function replacedText({ noun }: SurvivorCase, replaced: number): string {
  return `${counted(replaced, noun)} replaced by others of the kind`;
}

function allowed(found: SurvivorCase, left: number): SeriesVerdict {
  const what = `${counted(left, found.noun)} left, which the scenario allows`;
  return steady(found, { left, shape: "flat", what });
}

interface Steady extends Pick<SeriesVerdict, "shape"> {
  readonly left: number;
  readonly what: string;
}

/** A pass without growth, if it has the power that is asked for. */
function steady({ view, rigour }: SurvivorCase, { left, shape, what }: Steady): SeriesVerdict {
  const detectable = (left + 1) * detectableRate(view.ended, rigour.power);
  const rate = { perOperation: 0, low: 0, high: detectable, detectable, perHour: undefined };
  const sight = { reason: what, detectable, asked: rigour.detectPerOperation, kind: "count" } as const;
  return { shape, ...rate, ...passIfSeen(sight), numbers: { power: rigour.power, operations: view.ended } };
}
