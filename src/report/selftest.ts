import { exitCodes } from "../model/problem.js";
import type { SelftestResult, TrialResult } from "../model/selftest.js";
import { formatDuration } from "../model/units.js";
import type { CriterionResult, ScenarioVerdict } from "../model/verdict.js";
import { none, rateCell } from "./cells.js";
import type { CriteriaOptions } from "./criteria.js";
import { inert } from "./inert.js";
import { paintOf } from "./paint.js";
import { sightLines, tallyLines, verdictText } from "./selftest-summary.js";
import { narrowestTable, tableLines } from "./table.js";
import { textWidth } from "./text-width.js";
import { likeVerdict, oneIn, outcomeWord, rateTight, trialLabel, underCell } from "./trial-text.js";
import { wrap } from "./wrap.js";

export interface SelftestTextOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** What was planted, what was found, and how small a leak can be seen. Its last line is the verdict. */
export function renderSelftest(result: SelftestResult, { colour, width }: SelftestTextOptions): string {
  const options = { paint: paintOf(colour), width };
  const parts = [
    wrap(heading(result), { width, first: "", rest: "  " }),
    trialLines(inGroups(result.trials), options),
    result.trials.flatMap((trial) => oddLines(trial, options)),
    sightLines(result.proof.sights, options),
    tallyLines(result, options),
    result.notes.flatMap((note) => wrap(inert(note), { width, first: "  ", rest: "    " })),
    lastLines(result, options),
  ];
  const shown = parts.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function heading({ proof, trials, durationMs }: SelftestResult): string {
  const runs = `${trials.length} ${trials.length === 1 ? "run" : "runs"} in ${formatDuration(durationMs)}`;
  return `Self-test of ${proof.tool} on Linux ${proof.kernel}, Node ${proof.node}: ${runs}`;
}

/** Scenario by scenario, the clean twin first, then the plants, each with its rates together. */
function inGroups(trials: readonly TrialResult[]): TrialResult[][] {
  const scenarios = [...new Set(trials.map(({ scenario }) => scenario))];
  return scenarios.map((name) => {
    const own = trials.filter(({ scenario }) => scenario === name);
    const names = [...new Set(own.flatMap(({ plant }) => plant?.name ?? []))];
    return [undefined, ...names].flatMap((plant) => own.filter((trial) => trial.plant?.name === plant));
  });
}

const head = ["scenario, plant", "planted", "found", "under", "per operation"];

/** The fullest table that fits, else a list. */
function trialLines(groups: readonly (readonly TrialResult[])[], options: CriteriaOptions): string[] {
  if (groups.length === 0) return [];
  const tables = options.width < narrowestTable ? [] : [rateTight, rateCell];
  const fitting = tables
    .map((rate) =>
      tableLines(
        head,
        groups.flatMap((group) => rowsOf(group, rate, options)),
      ),
    )
    .find((lines) => lines.every((line) => textWidth(line) <= options.width));
  return fitting ?? groups.flat().flatMap((trial) => listLines(trial, options));
}

/** The name of the scenario stands in the row of its twin, or alone. */
function rowsOf(
  group: readonly TrialResult[],
  rate: (criterion: CriterionResult) => string,
  options: CriteriaOptions,
): string[][] {
  const [first] = group;
  const alone = first?.plant === undefined ? [] : [[first.scenario, none, none, "not run", none]];
  return [...alone, ...group.map((trial) => rowOf(trial, rate, options))];
}

function rowOf(
  trial: TrialResult,
  rate: (criterion: CriterionResult) => string,
  { paint }: CriteriaOptions,
): string[] {
  const { scenario, plant, outcome, criterion } = trial;
  const name = plant === undefined ? scenario : `  ${plant.name}`;
  const under = paint.like(likeVerdict[outcome], underCell(trial));
  const measured = criterion === undefined ? none : rate(criterion);
  return [name, plantedCell(trial), foundCell(trial), under, measured];
}

function listLines(trial: TrialResult, { paint }: CriteriaOptions): string[] {
  const { plant, outcome, criterion } = trial;
  const title = `  ${trialLabel(trial)}: ${paint.like(likeVerdict[outcome], outcomeWord(trial))}`;
  if (plant === undefined) return [title];
  return [
    title,
    `    planted ${plantedCell(trial)}`,
    `    found ${foundCell(trial)}`,
    ...(criterion === undefined ? [] : [`    per operation ${rateTight(criterion)}`]),
  ];
}

function plantedCell({ plant }: TrialResult): string {
  return plant === undefined ? none : oneIn(plant.rate);
}

/** Bytes cannot be counted in leaks; of a run that was stopped nothing was found or missed. */
function foundCell({ plant, planted, criterion, outcome }: TrialResult): string {
  if (plant === undefined || outcome === "interrupted") return none;
  if (criterion === undefined || criterion.unit === "bytes") return `of ${planted}`;
  const { baseline, end } = criterion;
  const left = baseline === undefined || end === undefined ? none : Math.max(0, Math.round(end - baseline));
  return `${left} of ${planted}`;
}

/** Whatever is neither found nor clean is explained. */
function oddLines(trial: TrialResult, { width }: CriteriaOptions): string[] {
  if (trial.outcome === "found" || trial.outcome === "clean") return [];
  const left = trial.plant === undefined ? "" : `, ${trial.planted} left by ${trial.landed} operations`;
  const why = trial.outcome === "interrupted" ? "" : `: ${trial.reason}`;
  const text = `${trialLabel(trial)}${left}: ${outcomeWord(trial)}${why}`;
  return wrap(inert(text), { width, first: "  ", rest: "    " });
}

function lastLines(result: SelftestResult, { paint, width }: CriteriaOptions): string[] {
  const verdict = selftestVerdict(result);
  return wrap(verdictText(result), { width, first: `${paint.verdict(verdict)}: `, rest: "  " });
}

/** The exit code in a word. */
export function selftestVerdict({ exitCode }: Pick<SelftestResult, "exitCode">): ScenarioVerdict {
  if (exitCode === exitCodes.pass) return "pass";
  if (exitCode === exitCodes.fail) return "fail";
  return exitCode === exitCodes.broke ? "broke" : "inconclusive";
}
