import type { TrendRow, TrendState } from "../../model/history.js";
import { renderDocument } from "../page/document.js";
import { tokens } from "../page/tokens.js";
import { changesList } from "./changes.js";
import { clipped } from "./clipped.js";
import { headline } from "./headline.js";
import { nightAxis } from "./night-axis.js";
import { kindNames, type NightKind } from "./night-kind.js";
import { inOrder, order, standingOf } from "./standing.js";
import { sample } from "./strip.js";
import { style } from "./style.js";
import { trendRow, type ShownRow } from "./trend-row.js";

export interface IndexOptions {
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly generatedAtMs: number;
  /** How many of the newest nights are shown; nights on which nothing ran do not count. */
  readonly nights: number;
}

const groupTitles: Readonly<Record<TrendState, string>> = {
  new: "New leaks",
  still: "Leaking for longer",
  fixed: "Fixed last night",
  unclear: "Unclear",
  quarantined: "In quarantine",
  ok: "No leak",
};

const kinds: readonly NightKind[] = ["p", "f", "u", "b", "q", "g"];

/** The page of the nights: one self-contained HTML file that needs no network and no program. */
export function renderNightlyIndex(rows: readonly TrendRow[], options: IndexOptions): string {
  const axis = nightAxis(rows, options.nights);
  const year = new Date(options.generatedAtMs).getUTCFullYear();
  const standings = inOrder(rows.map((row) => standingOf(row, axis.at(-1))));
  const shown = standings.map((standing, index): ShownRow => ({ standing, id: `r${index + 1}`, axis, year }));
  const body = `<a class="skip" href="#rows">To the scenarios</a>
<header><h1>${clipped(options.title)}</h1>
<p class="lead">${headline(standings, axis)}</p>
${axis.length === 0 ? "" : legend(axis.length)}</header>
<main id="rows">${order.map((state) => group(state, shown)).join("\n")}
<h2>What changed in ${axis.length === 1 ? "this night" : `these ${axis.length} nights`}</h2>
${changesList(shown, { axis, year })}</main>
<footer><p>Written by watertight at ${new Date(options.generatedAtMs).toISOString().slice(0, 16).replace("T", " ")} UTC.</p></footer>`;
  return renderDocument({ title: options.title, styles: [tokens, style], body });
}

function group(state: TrendState, shown: readonly ShownRow[]): string {
  const members = shown.filter(({ standing }) => standing.state === state);
  if (members.length === 0) return "";
  return `<h2>${groupTitles[state]} (${members.length})</h2>\n${members.map(trendRow).join("\n")}`;
}

function legend(nights: number): string {
  const keys = kinds.map((kind) => `<li>${sample(kind)}${kindNames[kind]}</li>`).join("");
  return `<ul class="legend" aria-label="Shapes of the nights">${keys}</ul>
<p class="quiet">${nights === 1 ? "One night" : `The last ${nights} nights`}, oldest on the left. Curves are growth per operation; the shade is the 95% interval, the number is that of the last night.</p>`;
}
