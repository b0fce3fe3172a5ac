import type { Judgement } from "../judge/judge-run.js";
import type { RunView } from "../judge/run-view.js";
import type { FlowRate } from "../model/finding.js";
import type { CriterionResult } from "../model/verdict.js";
import type { Ledger } from "./attribute.js";
import { countedRates } from "./counted-rates.js";
import { type Exposures, exposuresOf } from "./exposures.js";
import { leftAlone } from "./left-alone.js";
import { leftByBatch } from "./left-by-batch.js";
import { memoryRates } from "./memory-rates.js";
import { rateVerdicts } from "./rate-verdicts.js";
import type { Solve } from "./solution.js";
import { added, levelsOf, singles, type Source } from "./sources.js";
import { tasksByBatch } from "./tasks-by-batch.js";

export interface Mixed {
  readonly view: RunView;
  readonly judgement: Judgement;
  readonly ledger: Ledger;
}

/**
 * What each flow leaves of each resource that fails, solved from the mixes of the batches. Where the variants of a flow
 * cannot be told apart, but the levels of one of their factors can, those as well, e.g. `goose-session ending=fin`.
 */
export function flowRates(mixed: Mixed): FlowRate[] {
  const { judgement, view } = mixed;
  const ran = exposuresOf(
    view,
    view.batches.map(({ batch }) => batch),
  );
  const failing = judgement.criteria.filter(({ verdict }) => verdict === "fail");
  if (ran.flows.length < 2) return [];
  const cells = failing.length * ran.flows.length;
  return failing.flatMap((result) => ratesOf(mixed, { result, ran, cells })).map(rounded);
}

/** Where the search for a rate ended is of no meaning beyond this, and differs from machine to machine. */
const digits = 6;

function rounded(rate: FlowRate): FlowRate {
  const round = (value: number): number => Number(value.toPrecision(digits));
  return { ...rate, rate: round(rate.rate), low: round(rate.low), high: round(rate.high) };
}

interface Case {
  readonly result: CriterionResult;
  readonly ran: Exposures;
  readonly cells: number;
}

function ratesOf(mixed: Mixed, found: Case): FlowRate[] {
  const { result, ran } = found;
  const unsolved = solvable(mixed, result);
  if (unsolved === "nothing left") return [];
  const told = unsolved && tell({ ...found, ...unsolved }, singles(unsolved.exposures.flows));
  if (!unsolved || !told) return unclear(result, ran);
  return [...told, ...levelRates(mixed, { ...found, ...unsolved }, told)];
}

interface Unsolved {
  readonly exposures: Exposures;
  readonly solve: Solve;
}

/** Undefined = there is something, but it cannot be followed over the batches. */
function solvable(
  mixed: Mixed,
  { id, shape, perOperation }: CriterionResult,
): Unsolved | "nothing left" | undefined {
  // What grows by itself comes with every batch alike, as if each flow left some of it.
  if (shape === "leak over time") return undefined;
  if (id === "memory") return memoryRates(mixed.view);
  const left = id === "tasks" ? tasksByBatch(mixed.view) : leftByBatch(mixed, id);
  if (!left) return undefined;
  if (left.isEmpty && (perOperation ?? 0) <= 0) return "nothing left";
  const solve = countedRates(left, leftAlone(mixed.view, id));
  return solve && { exposures: left.exposures, solve };
}

function tell(
  { solve, exposures, result, cells }: Case & Unsolved,
  sources: readonly Source[],
): FlowRate[] | undefined {
  const solution = solve(sources);
  const operations = sources.map((source) => sumOf(added(exposures.counts, source)));
  return solution && rateVerdicts(solution, { criterion: result.id, sources, operations, cells });
}

/** Levels of factors that make a difference, of flows whose variants leave that open. */
function levelRates({ view }: Mixed, found: Case & Unsolved, told: readonly FlowRate[]): FlowRate[] {
  const { flows } = view.record.run.scenario;
  const open = new Set(told.flatMap(({ flow, verdict }) => (verdict === "unclear" ? [flow] : [])));
  const isOpen = (of: string): boolean =>
    flows.some(({ name, variant }) => variant?.of === of && open.has(name));
  return levelsOf(found.exposures.flows, flows).flatMap(({ of, sources, levels }) => {
    const rates = isOpen(of) ? tell(found, sources) : undefined;
    const own = levels.flatMap((index) => rates?.[index] ?? []);
    return isTelling(own) ? own : [];
  });
}

/** A level leaks, and surely more than another. */
function isTelling(levels: readonly FlowRate[]): boolean {
  const least = Math.min(...levels.map(({ high }) => high));
  return levels.some(({ verdict, low }) => verdict === "leaks" && low > least);
}

/** Nothing is told apart: each flow may have left all of it. */
function unclear({ id, perOperation = 0 }: CriterionResult, { flows, counts }: Exposures): FlowRate[] {
  const all = sumOf(counts.flat());
  return flows.map((flow, index) => {
    const operations = sumOf(counts[index] ?? []);
    const high = (perOperation * all) / operations;
    return { flow, criterion: id, operations, rate: perOperation, low: 0, high, verdict: "unclear" };
  });
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
