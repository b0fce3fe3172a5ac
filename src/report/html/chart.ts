import { amount } from "../cells.js";
import { formatDuration } from "../../model/units.js";
import { roundSteps, roundTimes } from "./axis.js";
import { html, type Markup, trusted } from "./markup.js";
import { lineAt, type PlotData } from "./plot-data.js";

const size = { width: 640, height: 240 } as const;
const area = { left: 64, right: 628, top: 14, bottom: 208 } as const;
/** So many points still stand apart as dots. */
const mostDots = 60;
/** Looks after the drain stand right of the load, so far apart. */
const drainStep = 0.02;

interface Scale {
  readonly x: (value: number) => string;
  readonly y: (value: number) => string;
  readonly mostX: number;
  readonly least: number;
  readonly most: number;
}

/** The plot as a drawing that needs no script: for paper, and for whoever runs none. */
export function chart(plot: PlotData, label: string): Markup {
  const scale = scaleOf(plot);
  return html`<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">
${gridOf(plot, scale)}${bandOf(plot, scale)}${levelsOf(plot, scale)}${pointsOf(plot, scale)}</svg>`;
}

function scaleOf(plot: PlotData): Scale {
  const values = [...plot.value, ...plot.drain, ...(plot.baseline === null ? [] : [plot.baseline])];
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), 0),
  ];
  const room = Math.max((high - low) * 0.08, plot.unit === "count" ? 1 : Math.max(1, high * 0.01));
  const least = Math.max(0, low - room);
  const most = high + room;
  const lastX = plot.operations.at(-1) ?? 1;
  const mostX = Math.max(1, lastX * (1 + drainStep * (plot.drain.length + 1)));
  const between = (share: number, from: number, to: number) => (from + share * (to - from)).toFixed(1);
  const clamped = (share: number) => Math.min(1.2, Math.max(-0.2, share));
  return {
    x: (value) => between(value / mostX, area.left, area.right),
    y: (value) => between(clamped((value - least) / (most - least)), area.bottom, area.top),
    mostX,
    least,
    most,
  };
}

function gridOf(plot: PlotData, scale: Scale): Markup {
  const rows = roundSteps(scale, 5, plot.unit).map(
    (value) =>
      html`<line class="grid" x1="${area.left}" x2="${area.right}" y1="${scale.y(value)}" y2="${scale.y(value)}"/><text class="tick" text-anchor="end" x="${area.left - 8}" y="${scale.y(value)}" dy="4">${amount(value, plot.unit)}</text>`,
  );
  const columns = columnsOf(plot, scale).map(
    ([value, text]) =>
      html`<text class="tick" text-anchor="middle" x="${scale.x(value)}" y="${area.bottom + 16}">${text}</text>`,
  );
  const title = html`<text class="tick" text-anchor="end" x="${area.right}" y="${size.height - 2}">${plot.counts === "seconds" ? "time" : "operations"}</text>`;
  return html`<g>${rows}${columns}${title}</g>`;
}

function columnsOf({ counts }: PlotData, { mostX }: Scale): (readonly [number, string])[] {
  if (counts === "operations")
    return roundSteps({ least: 0, most: mostX }, 6, "count").map((value) => [
      value,
      value.toLocaleString("en"),
    ]);
  return roundTimes(1000 * mostX, 6).map((ms) => [ms / 1000, ms === 0 ? "0" : formatDuration(ms)]);
}

/** The fitted line and its 95% interval, which turns around the middle of it. */
function bandOf({ line, operations, atMs, verdict }: PlotData, scale: Scale): Markup | undefined {
  if (line === null) return undefined;
  const places = [line.from, Math.floor((line.from + operations.length - 1) / 2), operations.length - 1];
  const at = places.map((index) => ({
    x: scale.x(operations[index] ?? 0),
    ...lineAt(line, (line.per === "ms" ? atMs : operations)[index] ?? 0),
  }));
  const path = (side: "value" | "low" | "high") => at.map((one) => `${one.x},${scale.y(one[side])}`);
  const band = [...path("high"), ...path("low").toReversed()].join(" ");
  return html`<g class="of-${verdict}" clip-path="url(#clip)"><polygon class="band" points="${band}"/><polyline class="fit" points="${path("value").join(" ")}"/></g>`;
}

function levelsOf(plot: PlotData, scale: Scale): Markup {
  const level = (value: number, kind: string) =>
    html`<line class="${kind}" x1="${area.left}" x2="${area.right}" y1="${scale.y(value)}" y2="${scale.y(value)}"/>`;
  const isLimitSeen = plot.limit !== null && plot.limit.value <= scale.most;
  return html`${plot.baseline === null ? undefined : level(plot.baseline, "baseline")}${isLimitSeen && plot.limit ? level(plot.limit.value, "limit") : undefined}`;
}

function pointsOf({ value, operations, drain }: PlotData, scale: Scale): Markup {
  const places = value.map((held, index) => [scale.x(operations[index] ?? 0), scale.y(held)] as const);
  const dots =
    places.length > mostDots
      ? ""
      : places.map(([x, y]) => `<circle class="dot" cx="${x}" cy="${y}" r="2.5"/>`).join("");
  const last = operations.at(-1) ?? 0;
  const after = drain.map((held, index) => {
    const x = scale.x(last + (index + 1) * drainStep * scale.mostX);
    return html`<circle class="drain" cx="${x}" cy="${scale.y(held)}" r="3"/>`;
  });
  return html`<polyline class="held" points="${places.map((place) => place.join(",")).join(" ")}"/>${trusted(dots)}${after}`;
}
