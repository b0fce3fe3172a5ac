import { release } from "node:os";
import { dirname, join, resolve } from "node:path";
import { exitCodeOf } from "../../judge/exit-code.js";
import type { Host } from "../host.js";
import { judgeRecordFile } from "../judged.js";
import { readProof } from "../proof-file.js";
import { repeatOfRecord } from "../repeat.js";
import { reportOf } from "../report-of.js";
import type { Reporting } from "../reporters/reporting.js";
import { saveReports } from "../save-reports.js";
import { toolName } from "../tool-name.js";

interface Ending {
  readonly reporting: Reporting;
  readonly host: Host;
  /** What to exit with, where it was stopped by hand. */
  readonly interrupted: number | undefined;
}

/** The verdicts of a watch: the report on stdout and beside the record. @returns the exit code */
export async function judgeWatch(
  recordPath: string,
  { reporting, host, interrupted }: Ending,
): Promise<number> {
  const judged = await judgeRecordFile(recordPath, host.cwd());
  const proof = await readProof(host.env, { tool: toolName(), kernel: release() });
  const exitCode = interrupted ?? exitCodeOf([judged.result], { interrupted: false });
  const repeat = repeatOfRecord(judged.record);
  const report = reportOf([judged], { cwd: host.cwd(), exitCode, repeat, proof });
  await saveReports(report, dirname(judged.path), (text) => host.stderr.write(text));
  const { name: scenario } = judged.result;
  reporting.event({ type: "verdict", atMs: Date.now(), scenario, result: judged.result });
  return reporting.end(report);
}

/** --out itself, or reports/<time>-<name>. */
export function watchFolder(
  out: string | undefined,
  { name, cwd }: { readonly name: string; readonly cwd: string },
): string {
  if (out !== undefined) return resolve(cwd, out);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return join(cwd, "reports", `${stamp}-${name}`);
}
