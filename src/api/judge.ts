import { judgeRecordFile } from "../cli/judged.js";
import type { ScenarioResult } from "../model/verdict.js";

/**
 * The verdict of a record, by the judge of this version.
 * @param record its path, or that of its folder.
 * @throws Problem exit 2: it cannot be read, or is none.
 */
export async function judge(record: string): Promise<ScenarioResult> {
  const { result } = await judgeRecordFile(record, process.cwd());
  return result;
}
