import type { NightResult } from "../../model/history.js";
import { escapeHtml, relativeHref } from "../page/escape.js";
import { dayText } from "./dates.js";
import { findingText } from "./findings-list.js";
import { kindOf, kindWords } from "./night-kind.js";
import { commitTag } from "./since-text.js";
import type { Nights } from "./strip.js";

/** A year of nights has thousands of texts. */
const longest = 120;

/**
 * Every night in words, newest first. Tags that HTML lets one leave out are left out: there may be thousands of rows.
 * (HTML Living Standard, 13.1.2.4 "Optional tags")
 */
export function nightsTable(nights: Nights, name: string): string {
  const { axis, results, year } = nights;
  const rows = axis.map((night, index) => tableRow(dayText(night, year), results[index])).toReversed();
  return `<details><summary>All ${axis.length} nights<span class="unseen"> of ${escapeHtml(name)}</span></summary>
<table><thead><tr><th scope="col">Night<th scope="col">Verdict<th scope="col">Commit<th scope="col">What leaked</thead><tbody>${rows.join("")}</table></details>`;
}

function tableRow(day: string, result: NightResult | undefined): string {
  const link = result?.report === undefined ? day : `<a href="${relativeHref(result.report)}">${day}</a>`;
  const commit = result?.commit === undefined ? "" : commitTag(result.commit);
  const found = result?.findings[0];
  const more = (result?.findings.length ?? 0) - 1;
  const leaked =
    found === undefined ? "" : `${findingText(found, longest)}${more > 0 ? `, and ${more} more` : ""}`;
  return `<tr><th scope="row">${link}<td class="${kindOf(result)}">${kindWords(result)}<td>${commit}<td>${leaked}\n`;
}
