import { formatDuration } from "../model/units.js";
import { amount, rate } from "../report/cells.js";
import { lineAt, type PlotData } from "../report/html/plot-data.js";

/** What a point of a plot is, to the unit: `batch 4, 100 operations, 3.2 s: 137, 88 above the baseline`. */
export function readout(plot: PlotData, index: number): string {
  const value = plot.value[index] ?? 0;
  const operations = plot.operations[index] ?? 0;
  const at = formatDuration(plot.atMs[index] ?? 0);
  const place =
    plot.counts === "seconds"
      ? formatDuration(1000 * operations)
      : `${operations.toLocaleString("en")} operations, ${at}`;
  const parts = [exact(plot, value), ...aboveBaseline(plot, value), ...onLine(plot, index)];
  const what = plot.isWatch ? "look" : "batch";
  return `${what} ${plot.batch[index] ?? 0}, ${place}: ${parts.join(", ")}`;
}

function exact({ unit }: PlotData, value: number): string {
  const whole = Number(value.toFixed(3)).toLocaleString("en");
  return unit === "count" ? whole : `${amount(value, unit)} (${whole} B)`;
}

function aboveBaseline({ baseline, unit }: PlotData, value: number): string[] {
  if (baseline === null) return [];
  const more = value - baseline;
  if (more === 0) return ["as at the baseline"];
  return [`${amount(Math.abs(more), unit)} ${more > 0 ? "above" : "below"} the baseline`];
}

function onLine({ line, unit, operations, atMs }: PlotData, index: number): string[] {
  if (line === null || index < line.from) return [];
  const at = lineAt(line, (line.per === "ms" ? atMs : operations)[index] ?? 0);
  return [`line ${rate(at.value, unit)} (${rate(at.low, unit)} to ${rate(at.high, unit)})`];
}
