import type { Change, HistoryEntry, HistoryFinding, TrendRow, TrendState } from "../model/history.js";
import type { CriterionId } from "../model/verdict.js";
import { groupedBy } from "./grouped-by.js";
import { trendOf } from "./trend.js";

/** A verdict that changed, of one target and scenario. */
export interface News {
  readonly target: string;
  readonly scenario: string;
  readonly kind: "leak" | "fixed";
  readonly criteria: readonly CriterionId[];
  /** The night that it began with, and the commits that it lies between; undefined = not known. */
  readonly night: string;
  readonly afterCommit: string | undefined;
  readonly upToCommit: string | undefined;
  readonly findings: readonly HistoryFinding[];
  /** The page of the run, relative to the folder of the index. */
  readonly report: string | undefined;
}

/** What somebody who saw it last would take it for. */
type Stand = "leaks" | "clean" | "quarantined" | undefined;

const stands: Readonly<Record<TrendState, Stand>> = {
  new: "leaks",
  still: "leaks",
  ok: "clean",
  fixed: "clean",
  quarantined: "quarantined",
  unclear: undefined,
};

/** Nights without a clear verdict that are looked past. */
const mostUnclear = 30;
/** A change of rate is told from noise by its second night. */
const recentNights = 2;

/**
 * What changed for somebody who knew `before`, the entries without those of tonight. A first night is no change, but
 * for what leaks in it.
 */
export function newsOf(before: readonly HistoryEntry[], after: readonly HistoryEntry[]): News[] {
  const known = groupedBy(before, pairOf);
  return [...groupedBy(after, pairOf)].flatMap(([pair, entries]) => {
    const earlier = known.get(pair) ?? [];
    const [row] = trendOf(entries);
    if (!row || entries.length === earlier.length) return [];
    return newsOfRow(row, earlier);
  });
}

function pairOf({ target, scenario }: HistoryEntry): string {
  return `${target}\n${scenario}`;
}

function newsOfRow(row: TrendRow, earlier: readonly HistoryEntry[]): News[] {
  const now = stands[row.state];
  const then = standOf(earlier);
  if (now === "leaks" && then !== "leaks") return [news(row, "leak", lastChange(row, "leak"))];
  if (now === "clean" && (then === "leaks" || then === "quarantined"))
    return [news(row, "fixed", lastChange(row, "fix"))];
  if (now !== "leaks") return [];
  return fresh(row, earlier).map((change) => news(row, change.kind === "leak" ? "leak" : "fixed", change));
}

/** The last clear one. */
function standOf(entries: readonly HistoryEntry[]): Stand {
  const nights = [...groupedBy(entries, ({ night }) => night).keys()].sort();
  for (const night of nights.slice(-mostUnclear).toReversed()) {
    const [row] = trendOf(entries.filter((entry) => entry.night <= night));
    const stand = row && stands[row.state];
    if (stand) return stand;
  }
  return undefined;
}

/** Changes of late that were not known before, of a row that leaks then and now: one more leak, or one less. */
function fresh(row: TrendRow, earlier: readonly HistoryEntry[]): readonly Change[] {
  const recent = row.nights.slice(-recentNights).map(({ night }) => night);
  const known = trendOf(earlier).flatMap(({ changes }) => changes.map((change) => wordOf(change)));
  return row.changes.filter((change) => recent.includes(change.night) && !known.includes(wordOf(change)));
}

function wordOf({ kind, criteria, night }: Change): string {
  return `${kind} ${criteria.join()} ${night}`;
}

/** Of a row that leaks since its first night there is none. */
function lastChange(row: TrendRow, kind: Change["kind"]): Change {
  const { night = "", findings = [] } = row.nights.at(-1) ?? {};
  const criteria = [...new Set(findings.map(({ criterion }) => criterion))];
  const always = { kind, criteria, night, afterCommit: undefined, upToCommit: undefined };
  return row.changes.findLast((change) => change.kind === kind) ?? always;
}

function news({ target, scenario, nights }: TrendRow, kind: News["kind"], change: Change): News {
  const { criteria, night, afterCommit, upToCommit } = change;
  const { findings = [], report } = nights.at(-1) ?? {};
  const told = kind === "leak" ? findings : [];
  return { target, scenario, kind, criteria, night, afterCommit, upToCommit, findings: told, report };
}
