import { dirname } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import type { Host } from "./host.js";
import { judgeRecordFile } from "./judged.js";
import { printReport } from "./output.js";
import { repeatOfRecord } from "./repeat.js";
import { shortPath } from "./short-path.js";

/** `watertight judge` and `report`: the report of a record, judged anew. @returns the verdict's exit code. */
export async function judgeCommand(path: string, reporter: string, host: Host): Promise<number> {
  const judged = await judgeRecordFile(path, host.cwd());
  const exitCode = exitCodeOf([judged.result], { interrupted: false });
  const where = shortPath(dirname(judged.path), host.cwd());
  printReport([judged], { host, exitCode, reporter, where, repeat: repeatOfRecord(judged.record) });
  return exitCode;
}
