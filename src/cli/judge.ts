import { exitCodeOf } from "../judge/exit-code.js";
import { exitCodeOfError, exitCodes, type Problem, usageProblem } from "../model/problem.js";
import { explainRecord } from "./explain-record.js";
import type { Host } from "./host.js";
import { type JudgeOptions, judgeSeriesCommand } from "./judge-series.js";
import { type Judged, judgeRecordFile } from "./judged.js";
import { pastEvents } from "./past-events.js";
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
  if (options.explain === undefined) return (await reported(record, options, host)).exitCode;
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

/** `watertight report`: of a record, judged anew. @returns 0 whatever the verdict, 4 where a reporter failed. */
export async function reportCommand(path: string, words: ReporterWords, host: Host): Promise<number> {
  const { reporting } = await reported(path, words, host);
  return reporting.hasFailed ? exitCodes.broke : exitCodes.pass;
}

async function reported(path: string, { reporter }: ReporterWords, host: Host): Promise<Reported> {
  const reporting = await Reporting.open(askedReporters(reporter ?? [], host.cwd()), host);
  const judged = await judgedOrAbandoned(path, host.cwd(), reporting);
  const exitCode = exitCodeOf([judged.result], { interrupted: false });
  const repeat = repeatOfRecord(judged.record);
  for (const event of pastEvents(judged)) reporting.event(event);
  const report = reportOf([judged], { cwd: host.cwd(), exitCode, repeat, proof: undefined });
  return { reporting, exitCode: await reporting.end(report) };
}

interface Reported {
  readonly reporting: Reporting;
  /** The verdict's, but for a pass that a reporter failed to tell. */
  readonly exitCode: number;
}

async function judgedOrAbandoned(path: string, cwd: string, reporting: Reporting): Promise<Judged> {
  try {
    return await judgeRecordFile(path, cwd);
  } catch (error) {
    await reporting.abandon(exitCodeOfError(error));
    throw error;
  }
}
