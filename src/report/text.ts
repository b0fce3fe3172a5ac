import type { Report } from "../model/reporting.js";
import type { ScenarioResult } from "../model/verdict.js";
import type { CriteriaOptions } from "./criteria.js";
import { overallImpactLines } from "./impact.js";
import { inert } from "./inert.js";
import { type Instrument, instrumentOf, instrumentText } from "./instrument.js";
import { gravestOf, overallVerdict } from "./overall.js";
import { type Paint, paintOf } from "./paint.js";
import { scenarioLines } from "./scenario-text.js";
import { summaryLines } from "./summary.js";
import { wrap } from "./wrap.js";

export interface TextOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Where record, report and logs are. */
  readonly outDir: string;
  /** The command that repeats one scenario. */
  readonly repeat: (name: string) => string;
  readonly instrument: Instrument;
}

/** The report for people, of all runs of a command. */
export function renderReportText(report: Report, look: Pick<TextOptions, "colour" | "width">): string {
  const { runs, where, proof, skipped } = report;
  const records = runs.map(({ record }) => record);
  const text = renderText(
    runs.map(({ result }) => result),
    {
      ...look,
      outDir: where,
      repeat: (name) => runs.find(({ result }) => result.name === name)?.repeat ?? "",
      instrument: instrumentOf(records, proof),
    },
  );
  return skipped.length === 0 ? text : `${text}Not run, because you stopped it: ${skipped.join(", ")}\n`;
}

/** The report for people. Ends with a line break; its last line says verdict, files and how to repeat. */
export function renderText(results: readonly ScenarioResult[], options: TextOptions): string {
  const paint = paintOf(options.colour);
  const { width } = options;
  const parts = [
    ...results.map((result) => scenarioLines(result, { paint, width })),
    ...(results.length > 1 ? overview(results, { paint, width }) : []),
    wrap(inert(instrumentText(options.instrument, isWatch(results))), {
      width,
      first: "Measured by ",
      rest: "  ",
    }),
    [lastLine(results, options, paint)],
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function isWatch(results: readonly ScenarioResult[]): boolean {
  return results.length > 0 && results.every(({ watched }) => watched !== undefined);
}

function overview(results: readonly ScenarioResult[], options: CriteriaOptions): string[][] {
  return [summaryLines(results, options), overallImpactLines(results, options)].filter(
    (lines) => lines.length > 0,
  );
}

/** Not wrapped: its command is there to be copied. */
function lastLine(results: readonly ScenarioResult[], options: TextOptions, paint: Paint): string {
  const gravest = gravestOf(results);
  const again =
    gravest === undefined || gravest.verdict === "pass" ? "" : `; repeat it: ${options.repeat(gravest.name)}`;
  return `${paint.verdict(overallVerdict(results))}: ${inert(`files in ${options.outDir}${again}`)}`;
}
