import type { Change, NightResult, TrendRow } from "../../model/history.js";
import type { Rate } from "../../model/verdict.js";
import { formatBytes, formatNumber } from "../../model/units.js";
import { inert } from "../inert.js";
import { paintOf } from "../paint.js";
import { narrowestTable, tableLines } from "../table.js";
import { wrapped } from "../wrapped.js";
import { commitRange, short } from "./commit-range.js";
import { type HistoryLook, renderTrend } from "./trend-text.js";

/** One target and scenario: what changed and when, then each night with its rates, the last one first. */
export function renderRow(row: TrendRow, look: HistoryLook): string {
  const changes = row.changes.map((change) => changeLine(change, row));
  const lines = look.width < narrowestTable ? listOf(row, look) : tableOf(row, look);
  const told =
    changes.length === 0
      ? ["  nothing changed"]
      : changes.toReversed().flatMap((line) => wrapped(line, "  ", look));
  return [renderTrend([row], look), "changes", ...told, "", "nights", ...lines, ""].join("\n");
}

function changeLine(change: Change, { nights }: TrendRow): string {
  const range = commitRange(change);
  const at = nights.findIndex(({ night }) => night === change.night);
  const fails = (index: number): boolean => nights[index]?.verdict === "fail";
  const words = {
    leak: fails(at - 1) ? "leaks more" : "begins to leak",
    fix: fails(at) ? "leaks less" : "no longer leaks",
  };
  return `${change.night} ${words[change.kind]}: ${change.criteria.join(", ")}${range === "" ? "" : `, ${range}`}`;
}

/** Criteria that grew on any night; the others would be columns of zeros. */
function grown({ curves }: TrendRow): TrendRow["curves"] {
  return curves.filter(({ rates }) => rates.some((rate) => rate !== undefined && rate.low > 0));
}

function tableOf(row: TrendRow, { colour }: HistoryLook): string[] {
  const curves = grown(row);
  const paint = paintOf(colour);
  const cells = row.nights.map((result, index) => [
    result.night,
    paint.verdict(result.verdict) + (result.quarantine ? " (q)" : ""),
    short(result.commit),
    ...curves.map(({ rates, unit }) => rateText(rates[index], unit)),
    placesOf(result),
  ]);
  const head = ["night", "verdict", "commit", ...curves.map(({ id }) => `${id}/op`), "made at"];
  return tableLines(head, cells.toReversed());
}

function listOf(row: TrendRow, look: HistoryLook): string[] {
  const paint = paintOf(look.colour);
  return row.nights.toReversed().flatMap((result) => {
    const index = row.nights.indexOf(result);
    const rates = grown(row).map(({ id, rates, unit }) => `${id} ${rateText(rates[index], unit)}`);
    const places = placesOf(result);
    return [
      `  ${result.night} ${paint.verdict(result.verdict)} ${short(result.commit)}`,
      ...rates.map((rate) => `    ${rate} per operation`),
      ...(places === "" ? [] : wrapped(places, "    ", look)),
    ];
  });
}

function rateText(rate: Rate | undefined, unit: "count" | "bytes"): string {
  if (!rate) return "-";
  return unit === "bytes" ? formatBytes(rate.rate) : formatNumber(rate.rate);
}

function placesOf({ findings }: NightResult): string {
  return [...new Set(findings.flatMap(({ at }) => (at === undefined ? [] : [inert(at)])))].join(", ");
}
