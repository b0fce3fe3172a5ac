import type { NightResult, TrendRow, TrendState } from "../../model/history.js";
import { inert } from "../inert.js";
import { type Paint, paintOf } from "../paint.js";
import { narrowestTable, tableLines } from "../table.js";
import { wrapped } from "../wrapped.js";
import { commitRange } from "./commit-range.js";

export interface HistoryLook {
  readonly colour: boolean;
  readonly width: number;
}

/** What wants a reader first stands first. */
const stateOrder: readonly TrendState[] = ["new", "still", "quarantined", "unclear", "fixed", "ok"];

const stateColours = {
  new: "fail",
  still: "fail",
  quarantined: "inconclusive",
  unclear: "inconclusive",
  fixed: "pass",
  ok: "pass",
} as const;

/** Nights in the strip of a row. */
const stripNights = 14;
const legend = "nights: . passes, F fails, q fails in quarantine, ? could not tell, B broke";

/** A row for each target and scenario: its state, since when, between which commits, and its last nights. */
export function renderTrend(rows: readonly TrendRow[], look: HistoryLook): string {
  if (rows.length === 0) return "no nights yet\n";
  const sorted = rows.toSorted((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state));
  const paint = paintOf(look.colour);
  const lines = look.width < narrowestTable ? listOf(sorted, paint) : tableOf(sorted, paint);
  const foot = wrapped(legend, "  ", look);
  return [countsOf(sorted, paint), "", ...lines, "", ...foot, ""].join("\n");
}

function countsOf(rows: readonly TrendRow[], paint: Paint): string {
  const words: Readonly<Record<TrendState, string>> = {
    new: "new",
    still: "still leaking",
    quarantined: "in quarantine",
    unclear: "unclear",
    fixed: "fixed",
    ok: "ok",
  };
  const counts = stateOrder.map((state) => ({
    state,
    count: rows.filter((row) => row.state === state).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => paint.like(stateColours[state], `${count} ${words[state]}`))
    .join(", ");
}

function tableOf(rows: readonly TrendRow[], paint: Paint): string[] {
  const head = ["scenario", "state", "since", "commits", "nights"];
  const cells = rows.map((row) => [
    nameOf(row),
    paint.like(stateColours[row.state], row.state),
    row.since?.night ?? "",
    row.since ? commitRange(row.since) : "",
    stripOf(row.nights),
  ]);
  return tableLines(head, cells);
}

function listOf(rows: readonly TrendRow[], paint: Paint): string[] {
  return rows.flatMap((row) => {
    const { state, since } = row;
    const range = since ? commitRange(since) : "";
    return [
      `  ${nameOf(row)}`,
      `    ${paint.like(stateColours[state], state)}${since ? ` since ${since.night}` : ""}`,
      ...(range === "" ? [] : [`    ${range}`]),
      `    ${stripOf(row.nights)}`,
    ];
  });
}

function nameOf({ target, scenario }: TrendRow): string {
  return inert(`${target}/${scenario}`);
}

function stripOf(nights: readonly NightResult[]): string {
  return nights.slice(-stripNights).map(letterOf).join("");
}

/** One letter for a night. */
function letterOf({ verdict, quarantine }: Pick<NightResult, "verdict" | "quarantine">): string {
  if (verdict === "fail") return quarantine ? "q" : "F";
  return verdict === "pass" ? "." : verdict === "broke" ? "B" : "?";
}
