import type { TrendCurve } from "../../model/history.js";
import type { Rate } from "../../model/verdict.js";
import { rate as rateText } from "../cells.js";

const height = 30;
/** Whole units are fine enough: a unit is a pixel. */
const step = 4;
/** Of the ends of the intervals, those beyond are cut off: one wild night must not flatten all others. */
const share = 0.9;

/** A curve along the axis of nights, undefined where nothing was measured. */
export type Rates = readonly (Rate | undefined)[];

/** The line of the rates on the shade of their intervals, with the line of zero below; a gap stays a gap. */
export function sparkline(rates: Rates): string {
  const width = Math.max(1, rates.length - 1) * step;
  const y = scaleOf(rates);
  const points = rates.map((rate, index) => (rate === undefined ? undefined : { x: index * step, rate }));
  const stretches = stretchesOf(points);
  const shade = stretches.map((stretch) => shadePath(stretch, y)).join("");
  const line = drawn(stretches, y);
  const alone = drawn(stretches.filter(isAlone), y);
  const dots = alone === "" ? "" : `<path class="d" d="${alone}"/>`;
  const zero = `<path class="z" d="M0 ${y(0)}h${width}"/>`;
  return `<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${zero}<path class="i" d="${shade}"/><path class="l" d="${line}"/>${dots}</svg>`;
}

/** `0.88`, `990 B`, `–`: of the last night. */
export function lastRate({ rates, unit }: Pick<TrendCurve, "rates" | "unit">): string {
  return rateText(rates.at(-1)?.rate, unit);
}

/** `0.88 per operation (0.85 to 0.92)` */
export function rateWords(rate: Rate | undefined, unit: TrendCurve["unit"]): string {
  if (rate === undefined) return "not measured";
  const [middle, low, high] = [rate.rate, rate.low, rate.high].map((value) => rateText(value, unit));
  return `${middle} per operation (${low} to ${high})`;
}

interface Point {
  readonly x: number;
  readonly rate: Rate;
}

type Scale = (value: number) => number;

/** From what is lowest to what is highest, zero included, onto whole pixels. */
function scaleOf(rates: Rates): Scale {
  const known = rates.filter((rate) => rate !== undefined);
  const middles = known.map(({ rate }) => rate);
  const top = Math.max(
    0,
    ...middles,
    quantile(
      known.map(({ high }) => high),
      share,
    ),
  );
  const bottom = Math.min(
    0,
    ...middles,
    quantile(
      known.map(({ low }) => low),
      1 - share,
    ),
  );
  const span = top - bottom;
  const [first, last] = [1, height - 1];
  return (value) => {
    if (!(span > 0)) return last;
    const place = last - ((value - bottom) / span) * (last - first);
    return Math.round(Math.min(height, Math.max(0, place)));
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? 0;
}

function stretchesOf(points: readonly (Point | undefined)[]): readonly (readonly Point[])[] {
  const stretches: Point[][] = [[]];
  for (const point of points) {
    if (point === undefined) stretches.push([]);
    else stretches.at(-1)?.push(point);
  }
  return stretches.filter(({ length }) => length > 0);
}

/** A night between two gaps: a line of no length, drawn as a dot. */
function isAlone(stretch: readonly Point[]): boolean {
  return stretch.length === 1;
}

function drawn(stretches: readonly (readonly Point[])[], y: Scale): string {
  return stretches
    .map((stretch) => linePath(stretch.map(({ x, rate }): Place => [x, y(rate.rate)])))
    .join("");
}

type Place = readonly [number, number];

/** Relative steps, level ones run together: a quiet year is a few characters. */
function linePath(places: readonly Place[]): string {
  const [[startX, startY] = [0, 0], ...others] = places;
  let path = `M${startX} ${startY}`;
  let [x, y] = [startX, startY];
  let level = 0;
  for (const [toX, toY] of others) {
    if (toY === y) level += toX - x;
    else {
      path += `${levelStep(level)}l${toX - x}${signed(toY - y)}`;
      level = 0;
    }
    [x, y] = [toX, toY];
  }
  return `${path}${others.length === 0 ? "h0" : levelStep(level)}`;
}

function levelStep(length: number): string {
  return length === 0 ? "" : `h${length}`;
}

function signed(value: number): string {
  return value < 0 ? String(value) : ` ${value}`;
}

/** There along the upper ends, back along the lower ones. A single night is as wide as half a step. */
function shadePath(stretch: readonly Point[], y: Scale): string {
  const there = stretch.map(({ x, rate }): Place => [x, y(rate.high)]);
  const back = stretch.map(({ x, rate }): Place => [x, y(rate.low)]).toReversed();
  return `${linePath([...there, ...back])}z`;
}
