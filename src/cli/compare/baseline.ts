import { dirname } from "node:path";
import type { Build } from "../../compare/compare-runs.js";
import { readRun } from "../../compare/reading.js";
import type { Beyond, Comparison } from "../../model/comparison.js";
import { exitCodes } from "../../model/problem.js";
import { renderCompare } from "../../report/compare-text.js";
import { widthOf, widthOfFiles } from "../columns.js";
import { buildOf, comparisonOf } from "./comparing.js";
import { type Host, wantsColour } from "../host.js";
import type { Judged } from "../judged.js";
import { isForStdout } from "../reporters/asked.js";
import type { RunRequest } from "../run-request.js";
import { shortPath } from "../short-path.js";

/** Kept runs that a new one is held against. */
export interface Baseline extends Build {
  readonly beyond: Beyond;
}

/**
 * Reads the kept runs before the new one is begun: what is wrong with them is told at once.
 * @throws Problem (exit 2)
 */
export async function baselineOf(
  { baseline, beyond, scenarios }: Pick<RunRequest, "baseline" | "beyond" | "scenarios">,
  cwd: string,
): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined;
  const { where, runs } = await buildOf(baseline, cwd);
  const names = new Set(scenarios.map(({ name }) => name));
  return { where, runs: runs.filter(({ run }) => names.has(run.scenario.name)), beyond };
}

/** What has been judged, against the kept runs. */
export function againstBaseline(
  judged: readonly Judged[],
  { beyond, ...before }: Baseline,
  cwd: string,
): Comparison {
  const runs = judged.map(({ record, path }) => readRun(record, shortPath(dirname(path), cwd)));
  const where = [...new Set(runs.map((run) => run.where))].join(",");
  return comparisonOf(before, { where, runs }, beyond);
}

const gravity: readonly number[] = [exitCodes.pass, exitCodes.inconclusive, exitCodes.broke, exitCodes.fail];

/** The graver of a verdict's exit code and a comparison's; an interrupt is graver than both. */
export function graverCode(verdict: number, compared: number): number {
  if (!gravity.includes(verdict)) return verdict;
  return gravity.indexOf(compared) > gravity.indexOf(verdict) ? compared : verdict;
}

/** Under the report for people; on stderr where stdout is for machines. */
export function tellComparison(comparison: Comparison, { reporters }: RunRequest, host: Host): void {
  const isForPeople = reporters.some((one) => isForStdout(one) && one.name === "default");
  const stream = isForPeople ? host.stdout : host.stderr;
  const colour = wantsColour(host, stream);
  const width = isForPeople ? widthOf(host) : widthOfFiles;
  stream.write(`\n${renderCompare(comparison, { colour, width })}`);
}
