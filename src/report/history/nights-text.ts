import type { HistoryEntry } from "../../model/history.js";
import { formatDuration } from "../../model/units.js";
import { narrowestTable, tableLines } from "../table.js";
import { short } from "./commit-range.js";
import type { HistoryLook } from "./trend-text.js";

/** What one night came to. */
export interface NightSum {
  readonly night: string;
  readonly runs: number;
  readonly passes: number;
  readonly fails: number;
  /** Inconclusive, unchecked, broke. */
  readonly others: number;
  readonly durationMs: number;
  readonly commits: readonly string[];
}

/** Oldest first. @param entries in the order of time */
export function sumsOf(entries: readonly HistoryEntry[]): NightSum[] {
  const nights = [...new Set(entries.map(({ night }) => night))];
  return nights.map((night) => {
    const runs = entries.filter((entry) => entry.night === night);
    const count = (verdict: HistoryEntry["verdict"]): number =>
      runs.filter((entry) => entry.verdict === verdict).length;
    const [passes, fails] = [count("pass"), count("fail")];
    return {
      night,
      runs: runs.length,
      passes,
      fails,
      others: runs.length - passes - fails,
      durationMs: runs.reduce((sum, { durationMs }) => sum + durationMs, 0),
      commits: [...new Set(runs.flatMap(({ commit }) => (commit === undefined ? [] : [commit])))],
    };
  });
}

/** A line for each night, the last one first. */
export function renderNights(entries: readonly HistoryEntry[], { width }: HistoryLook): string {
  const sums = sumsOf(entries).toReversed();
  if (sums.length === 0) return "no nights yet\n";
  const lines = width < narrowestTable ? sums.flatMap(listed) : tableLines(head, sums.map(cells));
  const runs = sums.reduce((sum, each) => sum + each.runs, 0);
  return [`${counted(sums.length, "night")}, ${counted(runs, "run")}`, "", ...lines, ""].join("\n");
}

const head = ["night", "runs", "pass", "fail", "other", "took", "commits"];

function cells({ night, runs, passes, fails, others, durationMs, commits }: NightSum): string[] {
  const numbers = [runs, passes, fails, others].map(String);
  return [night, ...numbers, formatDuration(durationMs), commits.map(short).join(", ")];
}

function listed({ night, runs, passes, fails, others }: NightSum): string[] {
  return [`  ${night}  ${counted(runs, "run")}`, `    ${passes} pass, ${fails} fail, ${others} other`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
