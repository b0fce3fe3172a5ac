import { resolve } from "node:path";
import { type History, readHistory } from "../../history/folder.js";
import { importHistory } from "../../history/import.js";
import { pruneHistory } from "../../history/prune.js";
import { trendOf } from "../../history/trend.js";
import { isDay } from "../../model/day.js";
import type { HistoryEntry, TrendRow } from "../../model/history.js";
import { exitCodes, usageProblem } from "../../model/problem.js";
import { renderHistoryJson } from "../../report/history/history-json.js";
import { renderNights, sumsOf } from "../../report/history/nights-text.js";
import { renderRow } from "../../report/history/row-text.js";
import { type HistoryLook, renderTrend } from "../../report/history/trend-text.js";
import { nearest } from "../../scenario/found.js";
import { widthOf } from "../columns.js";
import { makeHistoryFolder, nextSegmentName } from "./history-folder.js";
import { type Host, wantsColour } from "../host.js";
import { warning } from "../problems.js";
import { shortPath } from "../short-path.js";

/** As commander leaves them. */
export interface HistoryWords {
  readonly history: string;
  readonly reporter: string;
}

export interface PruneWords extends HistoryWords {
  readonly keep?: string;
  readonly before?: string;
}

/** `watertight history list` */
export async function listHistory(words: HistoryWords, host: Host): Promise<number> {
  const { entries } = await readTold(words, host);
  const text = isJson(words)
    ? renderHistoryJson({ nights: sumsOf(entries) })
    : renderNights(entries, lookOf(host));
  return printed(text, host);
}

/** `watertight history show [target/scenario]` */
export async function showHistory(
  name: string | undefined,
  words: HistoryWords,
  host: Host,
): Promise<number> {
  const rows = trendOf((await readTold(words, host)).entries);
  const row = name === undefined ? undefined : requireRow(name, rows);
  if (isJson(words)) return printed(renderHistoryJson({ rows: row ? [row] : rows }), host);
  return printed(row ? renderRow(row, lookOf(host)) : renderTrend(rows, lookOf(host)), host);
}

/** `watertight history import PATH…` */
export async function importInto(paths: readonly string[], words: HistoryWords, host: Host): Promise<number> {
  const folder = folderOf(words, host);
  makeHistoryFolder(folder);
  const sources = paths.map((path) => resolve(host.cwd(), path));
  const { added, known, notes } = await importHistory({ folder, sources, nextName: nextSegmentName });
  for (const note of notes) host.stderr.write(warning({ what: note }));
  if (isJson(words)) return printed(renderHistoryJson({ added, known }), host);
  return printed(`${counted(added)} added, ${known} there already\n`, host);
}

/** `watertight history prune --keep N | --before DATE` */
export async function pruneOld(words: PruneWords, host: Host): Promise<number> {
  const oldest = oldestKept(words);
  const history = await readTold(words, host);
  const keeps = oldest(history);
  const { kept, removed } = await pruneHistory({
    folder: folderOf(words, host),
    keeps,
    nextName: nextSegmentName,
  });
  if (isJson(words)) return printed(renderHistoryJson({ kept, removed }), host);
  return printed(`${counted(removed)} removed, ${kept} kept\n`, host);
}

type Keeps = (entry: HistoryEntry) => boolean;

function oldestKept({ keep, before }: PruneWords): (history: History) => Keeps {
  if (before !== undefined) {
    if (!isDay(before)) throw wrongPrune(`--before ${before} is no day`, "write it as --before 2026-01-31");
    return () => (entry) => entry.night >= before;
  }
  if (keep === undefined)
    throw wrongPrune("prune is not told what to keep", "say --keep 400 or --before DATE");
  if (!/^[1-9]\d{0,5}$/.test(keep))
    throw wrongPrune(`--keep ${keep} is no number of nights`, "write --keep 400");
  return ({ entries }) => {
    const nights = [...new Set(entries.map(({ night }) => night))].sort();
    const first = nights.at(-Number(keep)) ?? "";
    return (entry) => entry.night >= first;
  };
}

function wrongPrune(what: string, fix: string): Error {
  return usageProblem({ what, fix });
}

/** What was passed over is said on stderr. */
async function readTold(words: HistoryWords, host: Host): Promise<History> {
  const history = await readHistory(folderOf(words, host));
  for (const note of history.notes) host.stderr.write(warning({ what: note }));
  if (history.files.length === 0) {
    const what = `there is no history in ${shortPath(folderOf(words, host), host.cwd())}`;
    host.stderr.write(warning({ what, fix: "name its folder: --history DIR" }));
  }
  return history;
}

function requireRow(name: string, rows: readonly TrendRow[]): TrendRow {
  const names = rows.map(({ target, scenario }) => `${target}/${scenario}`);
  const row = rows[names.indexOf(name)];
  if (row) return row;
  const meant = nearest(name, names);
  const there = names.length === 0 ? "it is empty" : `there are: ${names.join(", ")}`;
  const fix = meant === undefined ? there : `did you mean ${meant}?`;
  throw usageProblem({ what: `the history has no ${name}`, fix });
}

function folderOf({ history }: HistoryWords, host: Host): string {
  return resolve(host.cwd(), history);
}

function isJson({ reporter }: HistoryWords): boolean {
  return reporter === "json";
}

function lookOf(host: Host): HistoryLook {
  return { colour: wantsColour(host, host.stdout), width: widthOf(host) };
}

function counted(entries: number): string {
  return `${entries} ${entries === 1 ? "entry" : "entries"}`;
}

function printed(text: string, host: Host): number {
  host.stdout.write(text);
  return exitCodes.pass;
}
