import { exitCodeOf } from "../judge/exit-code.js";
import type { Host } from "./host.js";
import { judgeRecordFile } from "./judged.js";
import { printReport } from "./output.js";

/** `watertight judge` and `report`: the report of a record, judged anew. @returns the verdict's exit code. */
export async function judgeCommand(path: string, reporter: string, host: Host): Promise<number> {
  const judged = await judgeRecordFile(path);
  const exitCode = exitCodeOf([judged.result]);
  printReport([judged], { host, exitCode, reporter });
  return exitCode;
}
