import { dirname } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import { type Problem, usageProblem } from "../model/problem.js";
import { explainRecord } from "./explain-record.js";
import type { Host } from "./host.js";
import { type JudgeOptions, judgeSeriesCommand } from "./judge-series.js";
import { judgeRecordFile } from "./judged.js";
import { printReport } from "./output.js";
import { repeatOfRecord } from "./repeat.js";
import { shortPath } from "./short-path.js";

/** `watertight judge`: of a record, or of bare series. @returns the verdict's exit code. */
export async function judgeCommand(
  record: string | undefined,
  { options, host }: { readonly options: JudgeOptions; readonly host: Host },
): Promise<number> {
  requireOneThing(record, options);
  if (options.series !== undefined) return judgeSeriesCommand(options.series, { options, host });
  if (record === undefined) throw missing(options);
  if (options.explain === undefined) return reportCommand(record, options.reporter, host);
  return explainRecord(record, options.explain, host);
}

/** Words that commander alone cannot tell right from wrong. */
function requireOneThing(record: string | undefined, { series, explain, reporter }: JudgeOptions): void {
  const fix = "see: watertight judge --help";
  if (record !== undefined && series !== undefined)
    throw usageProblem({
      what: `a record and --series at once: ${record}, ${series}`,
      fix: "judge one, then the other",
    });
  if (explain !== undefined && reporter !== "default")
    throw usageProblem({ what: `--explain is for people, --reporter ${reporter} is for machines`, fix });
  if (series === undefined && reporter === "ndjson")
    throw usageProblem({ what: "--reporter ndjson is for --series", fix: "for a record: --reporter json" });
}

function missing({ explain }: JudgeOptions): Problem {
  const fix = typeof explain === "string" ? "put --explain after the record" : "see: watertight judge --help";
  return usageProblem({ what: "missing required argument 'record'", fix });
}

/** `watertight report`, and `judge` without more words: the report of a record, judged anew. @returns the verdict's exit code. */
export async function reportCommand(path: string, reporter: string, host: Host): Promise<number> {
  const judged = await judgeRecordFile(path, host.cwd());
  const exitCode = exitCodeOf([judged.result], { interrupted: false });
  const where = shortPath(dirname(judged.path), host.cwd());
  printReport([judged], { host, exitCode, reporter, where, repeat: repeatOfRecord(judged.record) });
  return exitCode;
}
