import { release } from "node:os";
import { dirname, join, resolve } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import type { Host } from "./host.js";
import { judgeRecordFile } from "./judged.js";
import { printReport, saveReports } from "./output.js";
import { readProof } from "./proof-file.js";
import { repeatOfRecord } from "./repeat.js";
import { shortPath } from "./short-path.js";
import { toolName } from "./soak-one.js";
import type { WatchWords } from "./watch-request.js";

interface Ending {
  readonly words: Pick<WatchWords, "reporter">;
  readonly host: Host;
  /** What to exit with, where it was stopped by hand. */
  readonly interrupted: number | undefined;
}

/** The verdicts of a watch: the report on stdout and beside the record. @returns the exit code */
export async function judgeWatch(recordPath: string, { words, host, interrupted }: Ending): Promise<number> {
  const judged = await judgeRecordFile(recordPath, host.cwd());
  const proof = await readProof(host.env, { tool: toolName(), kernel: release() });
  const repeat = repeatOfRecord(judged.record);
  const folder = dirname(judged.path);
  await saveReports([judged], { folder, repeat, cwd: host.cwd(), proof });
  const exitCode = interrupted ?? exitCodeOf([judged.result], { interrupted: false });
  const where = shortPath(folder, host.cwd());
  printReport([judged], { host, exitCode, reporter: words.reporter, proof, repeat, where });
  return exitCode;
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
