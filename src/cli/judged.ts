import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { account } from "../ledger/account.js";
import type { RunRecord } from "../model/record.js";
import { RecordReader } from "../model/record-reader.js";
import type { ScenarioResult } from "../model/verdict.js";
import { recordName } from "../soak/record-file.js";
import { eachLine, toldOf } from "./input-file.js";
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
  const record = await readRecord(file, shown);
  return { record, result: account(record), path: file };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function readRecord(path: string, shown: string): Promise<RunRecord> {
  const reader = new RecordReader();
  const file = { path, shown, fix: "name a record.ndjson, or the folder of a run" };
  await eachLine(file, (line, number) => toldOf(file, () => reader.line(line, number)));
  return toldOf(file, () => reader.record());
}
