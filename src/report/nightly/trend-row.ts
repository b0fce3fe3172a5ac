import type { Since, TrendCurve, TrendRow, TrendState } from "../../model/history.js";
import { escapeHtml, relativeHref } from "../page/escape.js";
import { clipped } from "./clipped.js";
import { dayText } from "./dates.js";
import { findingsList } from "./findings-list.js";
import { alongAxis } from "./night-axis.js";
import { kindWords } from "./night-kind.js";
import { nightsTable } from "./nights-table.js";
import { sinceText, timeTag } from "./since-text.js";
import { lastRate, rateWords, sparkline, type Rates } from "./sparkline.js";
import { nameOf, type Standing } from "./standing.js";
import { strip, stripWords, type Nights } from "./strip.js";

const stateWords: Readonly<Record<TrendState, string>> = {
  new: "new leak",
  still: "still leaks",
  fixed: "fixed",
  unclear: "unclear",
  quarantined: "quarantined",
  ok: "no leak",
};

/** One target and scenario: how it stands, its nights, its rates, what was found. */
export interface ShownRow {
  readonly standing: Standing;
  /** Of the element, for links to it. */
  readonly id: string;
  readonly axis: readonly string[];
  readonly year: number;
}

export function trendRow(shown: ShownRow): string {
  const { standing, id, axis, year } = shown;
  const { row, state } = standing;
  const nights: Nights = { axis, year, results: alongAxis(row, axis) };
  return `<article class="row ${state}" id="${id}" aria-labelledby="${id}-name">
<div class="what"><h3 id="${id}-name">${nameHtml(row)}</h3>
<p><strong class="state">${stateWords[state]}</strong> ${sinceWords(shown)}</p>
${lastRun(shown)}${quarantineWords(shown)}${findingsList(standing.last?.findings ?? [])}${reportLink(shown)}</div>
<div><div class="seen">${strip(nights)}
<p class="unseen">Nights, oldest first: ${stripWords(nights)}.</p>
<p class="ends" aria-hidden="true">${ends(axis, year)}</p></div>
${rates(standing, axis)}
${nightsTable(nights, nameOf(row))}</div>
</article>`;
}

/** The days at both ends of the strip. */
function ends(axis: readonly string[], year: number): string {
  const days = [...new Set([axis[0], axis.at(-1)])];
  return days.map((day = "") => `<span>${dayText(day, year)}</span>`).join("");
}

export function nameHtml({ target, scenario }: TrendRow): string {
  return `<bdi>${clipped(target)}</bdi> / <bdi>${clipped(scenario)}</bdi>`;
}

function sinceWords({ standing: { row, state, last }, year }: ShownRow): string {
  const isOpen = state === "unclear" || state === "quarantined";
  // Of such a state one wants to know whether it leaks; any other says so itself.
  const leaks = isOpen ? "leaks " : "";
  if (row.since !== undefined) {
    return isOpen && !isLeak(row, row.since) ? "" : `${leaks}${sinceText(row.since, year)}`;
  }
  const first = row.nights[0]?.night;
  if (first === undefined || last?.verdict !== "fail") return "";
  return `${leaks}since the first night that is kept, ${timeTag(first, year)}`;
}

function isLeak({ changes }: TrendRow, { night }: Since): boolean {
  return changes.findLast((change) => change.night === night)?.kind === "leak";
}

function lastRun({ standing: { state, last, ranLastNight }, axis, year }: ShownRow): string {
  if (last === undefined) return "<p>It never ran.</p>\n";
  if (ranLastNight) return state === "unclear" ? `<p>Last night: ${kindWords(last)}.</p>\n` : "";
  const missed = dayText(axis.at(-1) ?? "", year);
  return `<p>Did not run on ${missed}; the last time was ${timeTag(last.night, year)}: ${kindWords(last)}.</p>\n`;
}

/** Why it does not count, and how long. */
function quarantineWords({ standing: { last }, year }: ShownRow): string {
  if (!last?.quarantine) return "";
  const { reason, until } = last.quarantine;
  return `<p>In quarantine until ${timeTag(until, year)}: <bdi>${clipped(reason)}</bdi></p>\n`;
}

function reportLink({ standing: { row, last }, year }: ShownRow): string {
  if (last?.report === undefined) return "";
  const of = `<span class="unseen"> of ${escapeHtml(nameOf(row))}</span>`;
  return `\n<p><a href="${relativeHref(last.report)}">Report of ${dayText(last.night, year)}${of}</a></p>`;
}

function rates({ row, last }: Standing, axis: readonly string[]): string {
  const leaking = new Set(last?.findings.map(({ criterion }) => criterion));
  const items = row.curves.map((curve) => rateItem(curve, along(row, curve, axis), leaking.has(curve.id)));
  return items.length === 0 ? "" : `<ul class="rates">${items.join("")}</ul>`;
}

/** The rates of a curve are parallel to the nights of its row; here they are wanted along the axis. */
function along(row: TrendRow, curve: TrendCurve, axis: readonly string[]): Rates {
  const byNight = new Map(row.nights.map(({ night }, index) => [night, curve.rates[index]]));
  return axis.map((night) => byNight.get(night));
}

function rateItem(curve: TrendCurve, rates: Rates, isLeaking: boolean): string {
  const words = escapeHtml(rateWords(rates.at(-1), curve.unit));
  return `<li${isLeaking ? ' class="leaks"' : ""} title="${curve.id}, last night: ${words}"><span>${curve.id}</span> <b>${lastRate({ rates, unit: curve.unit })}</b>${sparkline(rates)}</li>`;
}
