import { exitCodeOf } from "../judge/exit-code.js";
import { type Problem, usageProblem } from "../model/problem.js";
import { explainRecord } from "./explain-record.js";
import type { Host } from "./host.js";
import { type JudgeOptions, judgeSeriesCommand } from "./judge-series.js";
import { judgeRecordFile } from "./judged.js";
import { repeatOfRecord } from "./repeat.js";
import type { ReporterWords } from "./program-context.js";
import { reportOf } from "./report-of.js";
import { askedReporters } from "./reporters/asked.js";
import { Reporting } from "./reporters/reporting.js";

/** `watertight judge`: of a record, or of bare series. @returns the verdict's exit code. */
export async function judgeCommand(
  record: string | undefined,
  { options, host }: { readonly options: JudgeOptions; readonly host: Host },
): Promise<number> {
  requireOneThing(record, options);
  if (options.series !== undefined) return judgeSeriesCommand(options.series, { options, host });
  if (record === undefined) throw missing(options);
  if (options.explain === undefined) return reportCommand(record, options, host);
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
  if (explain !== undefined && reporter !== undefined)
    throw usageProblem({
      what: `--explain is for people, --reporter ${reporter.join(" ")} is for machines`,
      fix,
    });
}

function missing({ explain }: JudgeOptions): Problem {
  const fix = typeof explain === "string" ? "put --explain after the record" : "see: watertight judge --help";
  return usageProblem({ what: "missing required argument 'record'", fix });
}

/** `watertight report`, and `judge` without more words: the report of a record, judged anew. @returns the verdict's exit code. */
export async function reportCommand(path: string, { reporter }: ReporterWords, host: Host): Promise<number> {
  const reporting = await Reporting.open(askedReporters(reporter ?? [], host.cwd()), host);
  const judged = await judgeRecordFile(path, host.cwd());
  const exitCode = exitCodeOf([judged.result], { interrupted: false });
  const repeat = repeatOfRecord(judged.record);
  return reporting.end(reportOf([judged], { cwd: host.cwd(), exitCode, repeat, proof: undefined }));
}
