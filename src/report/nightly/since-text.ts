import type { Since } from "../../model/history.js";
import { escapeHtml } from "../page/escape.js";
import { dayText } from "./dates.js";

/** HTML: `since 20 Nov, between a1b2c3d and d4e5f6a`. */
export function sinceText(since: Since, year: number): string {
  return `since ${timeTag(since.night, year)}${commitWords(since)}`;
}

export function timeTag(night: string, year: number): string {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(night);
  const day = dayText(night, year);
  return isDate ? `<time datetime="${night}">${day}</time>` : day;
}

/** What came in between, as far as it is known; empty where nothing is. */
export function commitWords({ afterCommit: after, upToCommit: upTo }: Since): string {
  if (after === undefined && upTo === undefined) return "";
  if (after === undefined) return `, at ${commitTag(upTo)} or before`;
  if (upTo === undefined) return `, after ${commitTag(after)}`;
  if (after === upTo) return `, with no new commit (${commitTag(after)})`;
  return `, between ${commitTag(after)} and ${commitTag(upTo)}`;
}

/** What lists the commits in question; undefined where they are not known by their hashes. */
export function logCommand({ afterCommit: after, upToCommit: upTo }: Since): string | undefined {
  if (after === undefined || upTo === undefined || after === upTo) return undefined;
  if (!isHash(after) || !isHash(upTo)) return undefined;
  return `git log --oneline ${short(after)}..${short(upTo)}`;
}

/** In full for who hovers, short to read. */
export function commitTag(commit = ""): string {
  const full = escapeHtml(commit);
  const brief = escapeHtml(short(commit));
  return full === brief ? `<code>${full}</code>` : `<code title="${full}">${brief}</code>`;
}

function isHash(commit: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(commit);
}

function short(commit: string): string {
  return isHash(commit) ? commit.slice(0, 7) : commit.slice(0, 40);
}
