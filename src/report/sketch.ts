import { textWidth } from "./text-width.js";

/** A curve to be drawn: y over x, with a line at the height where it began. */
export interface Curve {
  /** In order of x. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Looks after the last point, drawn apart on the right. */
  readonly after: readonly number[];
  readonly baseline: number | undefined;
}

export interface Canvas {
  /** Columns of the whole, labels included. */
  readonly width: number;
  /** Rows of the curve. */
  readonly height: number;
  readonly label: (y: number) => string;
}

const mark = { point: "*", baseline: "-", after: "o" } as const;
const leastColumns = 10;
/** A curve that never moves needs no room to rise. */
const flatRows = 3;

/**
 * Draws a curve in ASCII: the value on y, x from left to right, `-` at the baseline, `*` for points, `o` for
 * the looks after. Where many points share a column, the whole span from their least to their highest is drawn,
 * so that no peak is lost. @returns one string per row; none where there is nothing to draw.
 */
export function sketch(curve: Curve, asked: Canvas): string[] {
  const span = spanOf(curve);
  if (!span) return [];
  const canvas = span.most === span.least ? { ...asked, height: flatRows } : asked;
  const labels = labelsOf(span, canvas);
  const gutter = labels.reduce((most, label) => Math.max(most, textWidth(label)), 0);
  const after = curve.after.length > 0 ? Math.min(curve.after.length, 5) : 0;
  const columns = Math.max(leastColumns, canvas.width - gutter - 3 - (after === 0 ? 0 : after + 1));
  const rowOf = (y: number) => rowAt(y, span, canvas.height);
  const main = drawn(columnsOf(curve.points, columns), rowOf, mark.point);
  const tail = drawn(
    columnsOf(
      curve.after.map((y, x) => ({ x, y })),
      after,
    ),
    rowOf,
    mark.after,
  );
  const base = curve.baseline === undefined ? undefined : rowOf(curve.baseline);
  return labels.map((label, row) => {
    const ground = row === base ? mark.baseline : " ";
    const line = (cells: readonly Column[]) => cells.map((cell) => cell[row] ?? ground).join("");
    const right = after === 0 ? "" : `${ground}${line(tail)}`;
    return `${" ".repeat(gutter - textWidth(label))}${label} |${line(main)}${right}`.trimEnd();
  });
}

interface Span {
  readonly least: number;
  readonly most: number;
}

function spanOf({ points, after, baseline }: Curve): Span | undefined {
  const ys = [...points.map(({ y }) => y), ...after, ...(baseline === undefined ? [] : [baseline])];
  if (ys.length === 0) return undefined;
  const start = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  return ys.reduce<Span>(widened, start);
}

function widened({ least, most }: Span, y: number): Span {
  return { least: Math.min(least, y), most: Math.max(most, y) };
}

/** Row 0 is the highest. A flat curve lies in the middle. */
function rowAt(y: number, { least, most }: Span, height: number): number {
  if (most === least) return Math.floor(height / 2);
  return Math.round(((most - y) / (most - least)) * (height - 1));
}

/** The highest, the middle and the least value beside their rows. */
function labelsOf(span: Span, { height, label }: Canvas): string[] {
  const rows = Array.from({ length: height }, () => "");
  const middle = Math.floor(height / 2);
  if (span.most === span.least) return rows.with(middle, label(span.most));
  const half = span.most - ((span.most - span.least) * middle) / (height - 1);
  return rows
    .with(0, label(span.most))
    .with(middle, label(half))
    .with(height - 1, label(span.least));
}

/** The least and highest y of each column; undefined where no point falls. */
function columnsOf(points: Curve["points"], columns: number): (Span | undefined)[] {
  const first = points[0]?.x ?? 0;
  const width = (points.at(-1)?.x ?? 0) - first;
  const found: (Span | undefined)[] = Array.from({ length: columns }, () => undefined);
  for (const { x, y } of points) {
    const column = width === 0 ? 0 : Math.min(columns - 1, Math.floor(((x - first) / width) * columns));
    found[column] = widened(found[column] ?? { least: y, most: y }, y);
  }
  return found;
}

type Column = readonly (string | undefined)[];

function drawn(columns: readonly (Span | undefined)[], rowOf: (y: number) => number, sign: string): Column[] {
  return columns.map((span) => {
    const cells: string[] = [];
    if (!span) return cells;
    for (let row = rowOf(span.most); row <= rowOf(span.least); row++) cells[row] = sign;
    return cells;
  });
}
