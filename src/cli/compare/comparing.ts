import { dirname } from "node:path";
import { type Build, compareRuns } from "../../compare/compare-runs.js";
import { readRun, type RunReading } from "../../compare/reading.js";
import type { Beyond, Comparison } from "../../model/comparison.js";
import { readRecordFile } from "../judged.js";
import { recordsOf } from "./record-folders.js";
import { shortPath } from "../short-path.js";
import { toolName } from "../tool-name.js";

/** Reads the runs that a word stands for, one record at a time: each may be long. */
export async function buildOf(word: string, cwd: string): Promise<Build> {
  return { where: word, runs: await readAll(await recordsOf(word, cwd), cwd) };
}

/** @param paths of records */
async function readAll(paths: readonly string[], cwd: string): Promise<RunReading[]> {
  const runs: RunReading[] = [];
  for (const path of paths)
    runs.push(readRun(await readRecordFile(path, cwd), shortPath(dirname(path), cwd)));
  return runs;
}

export function comparisonOf(before: Build, after: Build, beyond: Beyond): Comparison {
  return compareRuns(before, after, { tool: toolName(), beyond });
}
