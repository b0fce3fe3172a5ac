import type { HistoryFinding, Since } from "../../model/history.js";
import { inert } from "../inert.js";
import { commitRange } from "./commit-range.js";

/** What changed, as it is told in a chat. */
export interface ToldNews extends Since {
  readonly target: string;
  readonly scenario: string;
  readonly kind: "leak" | "fixed";
  readonly criteria: readonly string[];
  readonly findings: readonly HistoryFinding[];
}

export interface NewsOf {
  readonly suite: string;
  readonly night: string;
}

/** Findings of one row that are told; the page has them all. */
const mostFindings = 3;

/** A few lines of text, ready to be sent. */
export function renderNews(news: readonly ToldNews[], { suite, night }: NewsOf): string {
  const count = (kind: ToldNews["kind"]): number => news.filter((each) => each.kind === kind).length;
  const parts = [counted(count("leak"), "new leak", "new leaks"), counted(count("fixed"), "fixed", "fixed")];
  const title = `watertight, ${inert(suite)}, ${night}: ${parts.filter((part) => part !== "").join(", ")}`;
  return [title, ...news.flatMap((each) => linesOf(each))].join("\n");
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
}

function linesOf({ target, scenario, kind, criteria, findings, ...since }: ToldNews): string[] {
  const range = commitRange(since);
  const when = `since ${since.night}${range === "" ? "" : ` (${range})`}`;
  const what = criteria.join(", ");
  const does = kind === "leak" ? `leaks ${what}` : `no longer leaks ${what}`;
  return [
    `${kind === "leak" ? "✗" : "✓"} ${inert(target)}/${inert(scenario)} ${does.trimEnd()} ${when}`,
    ...findings.slice(0, mostFindings).map(({ summary, at }) => `   ${inert(summary)}${place(at)}`),
  ];
}

function place(at: string | undefined): string {
  return at === undefined ? "" : `, made at ${inert(at)}`;
}
