import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { account } from "../ledger/account.js";
import { Problem } from "../model/problem.js";
import type { RunRecord } from "../model/record.js";
import { RecordReader } from "../model/record-reader.js";
import type { ScenarioResult } from "../model/verdict.js";
import { isRecord, nearPath } from "../scenario/near-path.js";
import { recordName } from "../soak/record-file.js";
import { heapRoom } from "./heap-room.js";
import { eachLine, toldOf } from "./input-file.js";
import { shortPath } from "./short-path.js";

/** In the folder of a run: that of its second pass. */
export const whyFolder = "why";

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
  const record = await readRecord(file, cwd);
  const traced = await tracedBeside(file, record, cwd);
  return { record, result: account(record, traced), path: file };
}

/** The record of this run's second pass, where one was made and can be read: without it, origins are missing, no more. */
async function tracedBeside(file: string, { run }: RunRecord, cwd: string): Promise<RunRecord | undefined> {
  const path = join(dirname(file), whyFolder, recordName);
  try {
    const traced = await readRecord(path, cwd);
    return traced.run.startedAtMs >= run.startedAtMs ? traced : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/**
 * A record as it is, not judged.
 * @param path of the file, absolute
 * @throws Problem (exit 2) when it cannot be read, or is none.
 */
export async function readRecordFile(path: string, cwd: string): Promise<RunRecord> {
  return readRecord(path, cwd);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function fixFor(path: string, cwd: string): string {
  const name = "name a record.ndjson, or the folder of a run";
  if (existsSync(path)) return name;
  const meant = nearPath(shortPath(path, cwd), { cwd, fits: isRecord, also: "reports" });
  return meant === undefined ? name : `did you mean ${meant}? ${name}`;
}

async function readRecord(path: string, cwd: string): Promise<RunRecord> {
  const shown = shortPath(path, cwd);
  const reader = new RecordReader();
  const file = { path, shown, fix: fixFor(path, cwd) };
  const requireRoom = heapRoom(shown);
  await eachLine(file, (line, number) => {
    requireRoom(number);
    toldOf(file, () => reader.line(line, number));
  });
  return toldOf(file, () => reader.record());
}
