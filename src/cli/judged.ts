import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { judgeRun } from "../judge/judge-run.js";
import { messageOf, Problem, usageProblem } from "../model/problem.js";
import type { RunRecord } from "../model/record.js";
import { parseRecord } from "../model/record-reader.js";
import type { ScenarioResult } from "../model/verdict.js";
import { recordName } from "../soak/record-file.js";
import { shortPath } from "./short-path.js";

export interface Judged {
  readonly record: RunRecord;
  readonly result: ScenarioResult;
  readonly path: string;
}

/**
 * Judges a record, which may be named by its folder.
 * @throws Problem (exit 2) when it cannot be read, or is none.
 */
export async function judgeRecordFile(path: string, cwd: string): Promise<Judged> {
  const named = resolve(cwd, path);
  const file = (await isFolder(named)) ? join(named, recordName) : named;
  const shown = shortPath(file, cwd);
  const record = parsed(await readText(file, shown), shown);
  return { record, result: judgeRun(record), path: file };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function readText(file: string, shown: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw usageProblem(
      {
        what: `cannot read ${shown}`,
        why: messageOf(error),
        fix: "name a record.ndjson, or the folder of a run",
      },
      error,
    );
  }
}

function parsed(text: string, file: string): RunRecord {
  try {
    return parseRecord(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw usageProblem({ what: `${file}: ${error.message}`, why: error.why, fix: error.fix }, error);
  }
}
