import type { HistoryFinding } from "../../model/history.js";
import { escapeHtml } from "../page/escape.js";
import { clipped } from "./clipped.js";

const most = 5;

/** HTML: `fds: 132 were left by 150 operations, at src/a.ts:16`, each text of the target's of so many characters. */
export function findingText({ criterion, summary, at }: HistoryFinding, longest?: number): string {
  const place = at === undefined ? "" : `, at <code>${clipped(at, longest)}</code>`;
  return `${escapeHtml(criterion)}: <bdi>${clipped(summary, longest)}</bdi>${place}`;
}

export function findingsList(findings: readonly HistoryFinding[]): string {
  if (findings.length === 0) return "";
  const told = findings.slice(0, most).map((finding) => `<li>${findingText(finding)}</li>`);
  const more = findings.length - told.length;
  return `<ul>${told.join("")}${more > 0 ? `<li>and ${more} more</li>` : ""}</ul>`;
}
