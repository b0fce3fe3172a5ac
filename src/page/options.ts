import type uPlot from "uplot";
import { amount } from "../report/cells.js";
import type { PlotData } from "../report/html/plot-data.js";
import { roundSteps, roundTimes } from "../report/html/axis.js";
import { formatDuration } from "../model/units.js";
import type { Colours } from "./colours.js";
import type { View } from "./curves.js";

const font = "12px system-ui, sans-serif";
const height = 240;
/** A label of the axis below has so much room. */
const columnPixels = 90;
/** More dots than these run into each other. */
const mostDots = 200;
const mostBatches = 120;

export interface Look {
  readonly view: View;
  readonly colours: Colours;
  readonly width: number;
  readonly onCursor: (plot: uPlot) => void;
}

/** How a plot looks and answers; the series are in the order of `curvesOf`. */
export function optionsOf(plot: PlotData, { view, colours, width, onCursor }: Look): uPlot.Options {
  return {
    width,
    height,
    pxAlign: true,
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: (_, __, most) => [0, most] },
      y: { range: (_, least, most) => room(plot, least, most) },
    },
    axes: axesOf(plot, view, colours),
    series: seriesOf(plot, colours),
    bands: [{ series: [4, 3], fill: colours.band }],
    hooks: {
      setCursor: [onCursor],
      drawAxes: [(drawn) => drawBatches(drawn, plot, { view, colours })],
      draw: [(drawn) => drawLevels(drawn, plot, colours)],
    },
  };
}

/** Not from nought: growth has to be seen. A level has some air around it, and no count is below 0. */
function room(plot: PlotData, least: number | null, most: number | null): [number, number] {
  const values = [least, most, plot.baseline].filter((value) => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max((high - low) * 0.08, plot.unit === "count" ? 1 : Math.max(1, high * 0.01));
  return [Math.max(0, low - air), high + air];
}

function axesOf(plot: PlotData, view: View, { quiet, grid }: Colours): uPlot.Axis[] {
  const common = { stroke: quiet, font, ticks: { stroke: grid, width: 1, size: 4 } };
  return [
    { ...common, size: 30, grid: { show: false }, ...placesOn(plot, view) },
    {
      ...common,
      size: 72,
      grid: { stroke: grid, width: 1 },
      splits: (...[, , least, most]) => roundSteps({ least, most }, 5, plot.unit),
      values: (_, ticks) => ticks.map((tick) => amount(tick, plot.unit)),
    },
  ];
}

/** Operations, or a time: of a watch in seconds, else in milliseconds. */
function placesOn({ counts }: PlotData, { over }: View): Pick<uPlot.Axis, "splits" | "values"> {
  const isCount = over === "operations" && counts === "operations";
  const unitMs = over === "time" ? 1 : 1000;
  return {
    splits: (drawn, ...[, least, most]) => {
      const about = Math.max(2, Math.floor(drawn.width / columnPixels));
      if (isCount || least > 0) return roundSteps({ least, most }, about, "count");
      return roundTimes(most * unitMs, about).map((ms) => ms / unitMs);
    },
    values: (_, ticks) =>
      ticks.map((tick) => (isCount ? tick.toLocaleString("en") : timeText(tick * unitMs))),
  };
}

function timeText(ms: number): string {
  return ms === 0 ? "0" : formatDuration(ms);
}

function seriesOf(plot: PlotData, { ink, quiet, panel, verdict }: Colours): uPlot.Series[] {
  const hidden = { stroke: "transparent", width: 0, points: { show: false }, spanGaps: true };
  const dots = { show: plot.value.length <= mostDots, size: 5, fill: ink, stroke: ink };
  return [
    {},
    { stroke: ink, width: 1.5, spanGaps: true, points: dots },
    {
      stroke: quiet,
      width: 0,
      paths: () => null,
      points: { show: true, size: 7, fill: panel, stroke: ink, width: 1.5 },
    },
    hidden,
    hidden,
    { stroke: verdict, width: 1.5, dash: [6, 4], spanGaps: true, points: { show: false } },
    { stroke: quiet, width: 1, spanGaps: true, points: { show: false } },
  ];
}

interface Drawn {
  readonly view: View;
  readonly colours: Colours;
}

/** A short stroke below the plot for the end of each batch, as long as they can be told apart. */
function drawBatches(drawn: uPlot, plot: PlotData, { view, colours }: Drawn): void {
  const places = view.over === "time" ? plot.atMs : plot.operations;
  if (places.length > mostBatches) return;
  const { ctx, bbox } = drawn;
  ctx.save();
  ctx.strokeStyle = colours.grid;
  ctx.beginPath();
  for (const place of places) {
    const x = Math.round(drawn.valToPos(place, "x", true)) + 0.5;
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.restore();
}

function drawLevels(drawn: uPlot, { baseline, limit }: PlotData, { quiet, ink }: Colours): void {
  if (baseline !== null) drawLevel(drawn, baseline, { colour: quiet, dash: [2, 3] });
  const top = drawn.scales["y"]?.max ?? 0;
  if (limit !== null && limit.value <= top) drawLevel(drawn, limit.value, { colour: ink, dash: [] });
}

function drawLevel(
  drawn: uPlot,
  value: number,
  { colour, dash }: { readonly colour: string; readonly dash: number[] },
): void {
  const { ctx, bbox } = drawn;
  const y = Math.round(drawn.valToPos(value, "y", true)) + 0.5;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = scale;
  ctx.setLineDash(dash.map((length) => length * scale));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
