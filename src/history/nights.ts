import type { HistoryEntry, HistoryFinding, NightResult } from "../model/history.js";
import type { ScenarioVerdict } from "../model/verdict.js";
import { groupedBy } from "./grouped-by.js";

/** The runs of one target and scenario in one night. */
export interface Night {
  readonly night: string;
  readonly runs: readonly HistoryEntry[];
}

/** The gravest decides: what leaks in one repeat leaks. */
const gravestFirst: readonly ScenarioVerdict[] = ["fail", "broke", "inconclusive", "unchecked", "pass"];

/** Oldest first, and so are the runs in them. */
export function nightsOf(entries: readonly HistoryEntry[]): Night[] {
  const byNight = groupedBy(entries, ({ night }) => night);
  return [...byNight]
    .map(([night, runs]) => ({ night, runs: runs.toSorted(inTime) }))
    .sort((a, b) => inText(a.night, b.night));
}

export function resultOf({ night, runs }: Night): NightResult {
  const verdict = gravestFirst.find((each) => runs.some((run) => run.verdict === each)) ?? "unchecked";
  const telling = runs.filter((run) => run.verdict === verdict);
  const failed = runs.filter((run) => run.verdict === "fail");
  return {
    night,
    verdict,
    commit: runs.findLast(({ commit }) => commit !== undefined)?.commit,
    quarantine: failed.every(({ quarantine }) => quarantine !== undefined)
      ? failed[0]?.quarantine
      : undefined,
    report: telling.findLast(({ report }) => report !== undefined)?.report,
    findings: distinct(runs.flatMap(({ findings }) => findings)),
  };
}

/** The same leak is found in each repeat, with other numbers. */
function distinct(findings: readonly HistoryFinding[]): HistoryFinding[] {
  const byPlace = groupedBy(findings, ({ criterion, at, summary }) => `${criterion} ${at ?? summary}`);
  return [...byPlace.values()].flatMap((same) =>
    same.toSorted((a, b) => a.summary.length - b.summary.length).slice(0, 1),
  );
}

function inTime(a: HistoryEntry, b: HistoryEntry): number {
  return a.startedAtMs - b.startedAtMs || inText(a.id, b.id);
}

export function inText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
