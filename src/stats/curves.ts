import type { Point } from "./theil-sen.js";

/** A way in which the level may run, by the columns of the design that it is made of; the last one is the slope. */
export interface Curve {
  /** A line; a line after a transient that dies away; a line that bends; a line after a flat start. */
  readonly kind: "line" | "transient" | "bend" | "onset";
  /** Where it bends, or the time constant of the transient, as a share of the run. */
  readonly at: number | undefined;
  readonly columns: readonly number[];
  /** Free parameters, the place of a bend and of each jump included. */
  readonly parameters: number;
}

/** What the curves of a series are made of: the columns that least squares is to fit. */
export interface Design {
  readonly rows: number;
  /** From the first x to the last. */
  readonly span: number;
  /** Distances between neighbours; 1 is the usual one. */
  readonly distances: Float64Array;
  /** Constant, jumps, then one column for each piece of a curve, then y. */
  readonly columns: readonly Float64Array[];
  readonly jumps: number;
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly kind: "line" | "transient" | "stretch" | "before" | "after";
  readonly at: number | undefined;
  readonly column: number;
}

/** A transient longer than a third of the run cannot be told from growth. */
const timeConstants = [0.025, 0.035, 0.05, 0.07, 0.095, 0.13, 0.175, 0.24, 1 / 3];
const bends = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
/** With fewer points a bend is fitted to noise. */
const leastForBends = 12;
const leastRows = 4;

/**
 * The columns for a series. Places run from 0 at the first x to 1 at the last, so a slope is y per span.
 * @param points finite and in order of x
 * @param jumps indices of points at which a new level begins
 * @returns undefined for fewer than 4 points, or when they have one x.
 */
export function designOf(points: readonly Point[], jumps: readonly number[]): Design | undefined {
  const rows = points.length;
  const first = points[0]?.x ?? 0;
  const span = (points.at(-1)?.x ?? first) - first;
  if (rows < leastRows || !(span > 0)) return undefined;
  const places = points.map(({ x }) => (x - first) / span);
  const column = (value: (place: number, index: number) => number): Float64Array =>
    Float64Array.from(places, value);
  const own = [column(() => 1), ...jumps.map((jump) => column((_, index) => (index >= jump ? 1 : 0)))];
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], at: number | undefined, value: (place: number) => number): void => {
    pieces.push({ kind, at, column: own.length });
    own.push(column(value));
  };
  add("line", undefined, (place) => place);
  for (const at of timeConstants) {
    add("transient", at, (place) => Math.exp(-place / at));
    // Its derivative by the time constant: what lies between two of the constants that are tried.
    if (rows >= leastForBends) add("stretch", at, (place) => (place / at) * Math.exp(-place / at));
  }
  for (const at of rows < leastForBends ? [] : bends) {
    add("before", at, (place) => Math.min(place, at));
    add("after", at, (place) => Math.max(0, place - at));
  }
  own.push(Float64Array.from(points, ({ y }) => y - (points[0]?.y ?? 0)));
  return { rows, span, distances: distancesOf(places), columns: own, jumps: jumps.length, pieces };
}

function distancesOf(places: readonly number[]): Float64Array {
  const usual = 1 / Math.max(1, places.length - 1);
  return Float64Array.from(places, (place, index) => (place - (places[index - 1] ?? place)) / usual);
}

/** The curves that a design can tell from its noise: each leaves at least 2 degrees of freedom. */
export function curvesOf({ pieces, jumps, rows }: Design): Curve[] {
  const level = Array.from({ length: jumps + 1 }, (_, index) => index);
  const line = pieces.find(({ kind }) => kind === "line")?.column ?? 0;
  const make = (kind: Curve["kind"], at: number | undefined, columns: readonly number[]): Curve => ({
    kind,
    at,
    columns: [...level, ...columns],
    parameters: 1 + 2 * jumps + columns.length + (at === undefined ? 0 : kind === "transient" ? 1 : 2),
  });
  const curves = [make("line", undefined, [line])];
  for (const { kind, at, column } of pieces) {
    if (kind === "transient") curves.push(make("transient", at, [column, line]));
    if (kind === "stretch") curves.push(make("transient", at, [column - 1, column, line]));
    if (kind !== "after") continue;
    curves.push(make("onset", at, [column]), make("bend", at, [column - 1, column]));
  }
  return curves.filter(({ columns }) => rows - columns.length >= 2);
}
