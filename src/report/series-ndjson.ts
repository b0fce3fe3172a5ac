import { inertJson } from "./inert.js";
import { type JudgedSeries, seriesRow } from "./series-row.js";

/** One JSON object on each line, in the order of the file. */
export function renderSeriesNdjson(judged: readonly JudgedSeries[]): string {
  return judged.map((one) => `${inertJson(JSON.stringify(seriesRow(one)))}\n`).join("");
}

/** The same rows as one JSON array, two spaces deep. */
export function renderSeriesJson(judged: readonly JudgedSeries[]): string {
  return `${inertJson(JSON.stringify(judged.map(seriesRow), undefined, 2))}\n`;
}
