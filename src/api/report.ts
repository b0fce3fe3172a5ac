import { widthOfFiles } from "../cli/columns.js";
import { type Judged, judgeRecordFile } from "../cli/judged.js";
import { pastEvents } from "../cli/past-events.js";
import { repeatOfRecord } from "../cli/repeat.js";
import { reportOf } from "../cli/report-of.js";
import { noSuchReporter } from "../cli/reporters/asked.js";
import { builtIn, type BuiltInName, isBuiltIn } from "../cli/reporters/built-in.js";
import { exitCodeOf } from "../judge/exit-code.js";
import { brokeProblem, messageOf, Problem, usageProblem } from "../model/problem.js";
import type { Report, ReporterContext, ReporterFactory } from "../model/reporting.js";

/** All of them may be left out. */
export interface ReportOptions {
  /** A built-in one by its name, or one of your own; default `default`, the report for people. */
  readonly reporter?: BuiltInName | ReporterFactory | undefined;
  /** Escape sequences for a terminal; default false. */
  readonly colour?: boolean | undefined;
  /** Columns; default 100. */
  readonly width?: number | undefined;
}

/**
 * The report of one record or several, each judged anew.
 * @param records paths of records, or of their folders.
 * @returns all that the reporter wrote.
 * @throws Problem exit 2: a record that cannot be read, no such reporter, or one that writes no text; exit 4: the
 * reporter failed.
 */
export async function report(
  records: string | readonly string[],
  options: ReportOptions = {},
): Promise<string> {
  const { reporter = "default" } = options;
  const factory = await factoryOf(reporter);
  const paths = typeof records === "string" ? [records] : records;
  const judged: Judged[] = [];
  for (const path of paths) judged.push(await judgeRecordFile(path, process.cwd()));
  const parts: string[] = [];
  try {
    const opened = await factory(contextOf(options, parts));
    for (const event of judged.flatMap(pastEvents)) opened.onEvent?.(event);
    const told = wholeReport(judged);
    await opened.onEnd?.(told);
    opened.onEvent?.({ type: "end", atMs: Date.now(), exitCode: told.exitCode });
  } catch (error) {
    throw failed(reporter, error);
  }
  return parts.join("");
}

function wholeReport(judged: readonly Judged[]): Report {
  const exitCode = exitCodeOf(
    judged.map(({ result }) => result),
    { interrupted: false },
  );
  const cwd = process.cwd();
  const options = { cwd, exitCode, proof: undefined };
  const each = judged.map((one) => reportOf([one], { ...options, repeat: repeatOfRecord(one.record) }));
  const runs = each.flatMap(({ runs }) => runs);
  const where = runs.map(({ folder }) => folder).join(", ");
  return { ...reportOf([], { ...options, where, repeat: () => "" }), runs };
}

function contextOf(
  { colour = false, width = widthOfFiles }: ReportOptions,
  parts: string[],
): ReporterContext {
  const write = (text: string): void => void parts.push(text);
  return { write, destination: undefined, colour, width, cwd: process.cwd(), env: process.env };
}

async function factoryOf(reporter: string | ReporterFactory): Promise<ReporterFactory> {
  if (typeof reporter === "function") return reporter;
  if (!isBuiltIn(reporter)) throw noSuchReporter(reporter);
  if (builtIn[reporter].alone !== "network") return builtIn[reporter].load();
  throw usageProblem({
    what: `the reporter ${reporter} writes no text`,
    why: "it sends what it has to say to a service",
    fix: `on the command line: watertight report RECORD --reporter ${reporter}=URL`,
  });
}

function failed(reporter: string | ReporterFactory, error: unknown): Problem {
  if (error instanceof Problem) return error;
  const name = typeof reporter === "string" ? reporter : "of yours";
  const fix = "its records are not touched; ask another reporter";
  return brokeProblem({ what: `the reporter ${name} failed`, why: messageOf(error), fix }, error);
}
