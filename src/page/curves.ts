import type uPlot from "uplot";
import { lineAt, type PlotData } from "../report/html/plot-data.js";

/** What the plots are over. */
export type Over = "operations" | "time";

export interface View {
  readonly over: Over;
  readonly showsLooks: boolean;
}

/** Places, and what stands at each in each curve. */
type Curves = [number[], ...(number | null)[][]];

/** Looks after the drain stand right of the load, so far apart. */
const drainStep = 0.02;

/** Where each point of a plot is on the axis: operations, or milliseconds. */
export function placesOf(plot: PlotData, over: Over): readonly number[] {
  return over === "time" ? plot.atMs : plot.operations;
}

/** Columns in the order of the series of `optionsOf`: x, held, after the drain, low, high, line, under load. */
export function curvesOf(plot: PlotData, view: View): uPlot.AlignedData {
  const places = placesOf(plot, view.over);
  const last = places.at(-1) ?? 0;
  const after = plot.drain.map((_, index) => last * (1 + drainStep * (index + 1)));
  const gap = plot.drain.map(() => null);
  const fitted = plot.value.map((_, index) => fittedAt(plot, index));
  const own: Curves = [
    [...places, ...after],
    [...plot.value, ...gap],
    [...plot.value.map(() => null), ...plot.drain],
    [...fitted.map((at) => at?.low ?? null), ...gap],
    [...fitted.map((at) => at?.high ?? null), ...gap],
    [...fitted.map((at) => at?.value ?? null), ...gap],
  ];
  return withLooks(own, plot, view);
}

function fittedAt({ line, operations, atMs }: PlotData, index: number) {
  if (line === null || index < line.from) return undefined;
  return lineAt(line, (line.per === "ms" ? atMs : operations)[index] ?? 0);
}

/** They were at other moments: both are laid onto one axis of time. */
function withLooks(own: Curves, plot: PlotData, { over, showsLooks }: View): Curves {
  const [places, ...columns] = own;
  if (!plot.looks || over !== "time" || !showsLooks) return [...own, places.map(() => null)];
  const moments = [...places, ...plot.looks.atMs];
  const order = moments.map((_, index) => index).sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0));
  const before = places.map(() => null);
  const all = [...columns, [...before, ...plot.looks.value]];
  return [
    order.map((index) => moments[index] ?? 0),
    ...all.map((column) => order.map((index) => column[index] ?? null)),
  ];
}
