import { dirname } from "node:path";
import { seriesOfCriterion } from "../judge/series-of-criterion.js";
import type { RunRecord } from "../model/record.js";
import type { Report, ReportedRun } from "../model/reporting.js";
import type { Series } from "../model/series.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import type { Judged } from "./judged.js";
import { shortPath } from "./short-path.js";
import { toolName } from "./tool-name.js";

export interface ReportOptions extends Pick<Report, "exitCode" | "proof"> {
  readonly cwd: string;
  /** The command that repeats one scenario. */
  readonly repeat: (scenario: string) => string;
  /** Where the files are, where that is not the folder of the only run. */
  readonly where?: string;
  readonly skipped?: readonly string[];
}

/** What reporters are handed. */
export function reportOf(judged: readonly Judged[], options: ReportOptions): Report {
  const { cwd, repeat, exitCode, proof, skipped = [] } = options;
  const runs = judged.map((one) => runOf(one, { cwd, repeat }));
  const where = options.where ?? runs[0]?.folder ?? "";
  return { tool: toolName(), runs, exitCode, where, skipped, proof };
}

function runOf({ record, result, path }: Judged, how: Pick<ReportOptions, "cwd" | "repeat">): ReportedRun {
  return {
    result,
    record,
    series: seriesOf(record),
    folder: shortPath(dirname(path), how.cwd),
    repeat: how.repeat(result.name),
  };
}

function seriesOf(record: RunRecord): Partial<Record<CriterionId, Series>> {
  const read = criterionIds.map((id) => [id, seriesOfCriterion(record, id)] as const);
  return Object.fromEntries(read.filter(([, series]) => series !== undefined));
}
