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
const timeConstants = [0.025, 0.04, 0.065, 0.1, 0.15, 0.22, 1 / 3];
const bends = [0.15, 0.22, 0.29, 0.36, 0.43, 0.5, 0.57, 0.64, 0.71];
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
  const places = Float64Array.from(points, ({ x }) => (x - first) / span);
  const level = [
    places.map(() => 1),
    ...jumps.map((jump) => places.map((_, index) => Number(index >= jump))),
  ];
  const shapes = shapesFor(rows);
  const response = Float64Array.from(points, ({ y }) => y - (points[0]?.y ?? 0));
  return {
    rows,
    span,
    distances: distancesOf(places),
    columns: [...level, ...shapes.map(({ value }) => places.map((place) => value(place))), response],
    jumps: jumps.length,
    pieces: shapes.map(({ kind, at }, index) => ({ kind, at, column: level.length + index })),
  };
}

interface ShapeOfPiece extends Pick<Piece, "kind" | "at"> {
  readonly value: (place: number) => number;
}

function shapesFor(rows: number): readonly ShapeOfPiece[] {
  const isLong = rows >= leastForBends;
  return [
    { kind: "line", at: undefined, value: (place) => place },
    ...timeConstants.flatMap((at) => transients(at, isLong)),
    ...(isLong ? bends : []).flatMap(broken),
  ];
}

/** With its derivative by the time constant: what lies between two of the constants that are tried. */
function transients(at: number, isLong: boolean): readonly ShapeOfPiece[] {
  const plain: ShapeOfPiece = { kind: "transient", at, value: (place) => Math.exp(-place / at) };
  const stretch = (place: number): number => (place / at) * Math.exp(-place / at);
  return isLong ? [plain, { kind: "stretch", at, value: stretch }] : [plain];
}

function broken(at: number): readonly ShapeOfPiece[] {
  return [
    { kind: "before", at, value: (place) => Math.min(place, at) },
    { kind: "after", at, value: (place) => Math.max(0, place - at) },
  ];
}

function distancesOf(places: Float64Array): Float64Array {
  const usual = 1 / Math.max(1, places.length - 1);
  return places.map((place, index) => (place - (places[index - 1] ?? place)) / usual);
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
