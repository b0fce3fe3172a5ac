import type { Amount, CountPlan, CriterionPlan, MemoryPlan, ScenarioPlan } from "../model/plan.js";
import type { ProblemText } from "../model/problem.js";
import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import { inert } from "./inert.js";
import type { Paint } from "./paint.js";
import { rateText, roughly, roughlyNeeded, roughRateText } from "./rate-text.js";
import { wrap } from "./wrap.js";

/** A plan, and what is asked of it that it cannot reach. */
export interface Planned {
  readonly plan: ScenarioPlan;
  readonly shortfall: ProblemText | undefined;
}

export interface PlanTextOptions {
  readonly paint: Paint;
  readonly width: number;
  /** What the estimates of time assume. */
  readonly assumption: string;
  /** The chance to see a leak of a rate that is named. */
  readonly power: number;
}

type Size = Pick<ScenarioPlan, "durationMs" | "planned">;

/** The plans for people. Ends with a line break. */
export function renderPlans(planned: readonly Planned[], options: PlanTextOptions): string {
  const parts = [...planned.map((each) => planLines(each, options)), footLines(options)];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function planLines({ plan, shortfall }: Planned, { paint, width }: PlanTextOptions): string[] {
  const indented = (text: string): string[] => wrap(text, { width, first: "  ", rest: "  " });
  return [
    `${paint.strong(inert(plan.name))}: ${aboutTime(plan.planned)}`,
    "",
    ...indented(sizeText(plan)),
    ...indented(furtherText(plan)),
    "",
    ...plan.criteria.flatMap((criterion) => criterionLines(criterion, plan, width)),
    ...(shortfall ? ["", ...shortfallLines(shortfall, width)] : []),
  ];
}

function sizeText({ durationMs, planned, batch, warmup, concurrency }: ScenarioPlan): string {
  const { operations, batches } = planned;
  const amount =
    durationMs === undefined
      ? `${operations} operations in ${batches} batches of ${batch}`
      : `${formatDuration(durationMs)} of load: about ${roughly(operations)} operations in batches of ${batch}`;
  return `${amount}, ${concurrency} at a time, after a warm-up of ${warmup}`;
}

function furtherText({ durationMs, planned, atMost }: ScenarioPlan): string {
  if (atMost.operations <= planned.operations) return "goes no further by itself";
  const most = durationMs === undefined ? atMost.operations : `about ${roughly(atMost.operations)}`;
  return `while something is inconclusive it goes on by itself, to ${most} operations at most (${aboutTime(atMost)})`;
}

/** Whole seconds: it is an estimate. */
function aboutTime({ totalMs }: Amount): string {
  return `about ${formatDuration(1000 * Math.max(1, Math.round(totalMs / 1000)))}`;
}

function criterionLines(criterion: CriterionPlan, plan: ScenarioPlan, width: number): string[] {
  const label = `  ${criterion.id}: `.padEnd(13);
  return wrap(inert(textOf(criterion, plan)), { width, first: label, rest: " ".repeat(label.length) });
}

function textOf(criterion: CriterionPlan, plan: ScenarioPlan): string {
  if (criterion.kind === "dropped") return `dropped: ${criterion.why}`;
  return criterion.kind === "memory" ? memoryText(criterion) : countText(criterion, plan);
}

function countText(criterion: CountPlan, { durationMs, planned }: ScenarioPlan): string {
  const { detectable, isSure, asked, mustBeUsed } = criterion;
  const seen = durationMs === undefined ? rateText(detectable) : roughRateText(detectable);
  return [
    isSure ? seen : `at best ${seen}`,
    ...(asked === undefined ? [] : [askedText(criterion, asked, { durationMs, planned })]),
    ...(mustBeUsed ? ["the flows must use it"] : []),
  ].join("; ");
}

function askedText(
  { reach, reachedAfter = 0 }: CountPlan,
  asked: number,
  { durationMs, planned }: Size,
): string {
  const isExact = durationMs === undefined;
  const what = `asked: ${rateText(asked)}`;
  const needed = isExact ? `${reachedAfter}` : `about ${roughlyNeeded(reachedAfter)}`;
  if (reach === "planned") return `${what}, reached after ${Math.min(reachedAfter, planned.operations)}`;
  return `${what}, which takes ${needed}: ${reach === "never" ? "out of reach" : "it goes on for that"}`;
}

function memoryText({
  asked,
  budgetBytes,
  isDefaultBudget,
  sessionsPerDay,
  bytesPerSession,
}: MemoryPlan): string {
  const more = isDefaultBudget ? ", or 10% of the baseline if that is more" : "";
  const day = `${formatNumber(sessionsPerDay)} sessions a day`;
  return [
    "depends on its noise, which only a run can tell",
    `judged against a budget of ${formatBytes(budgetBytes)} a day${more}: at most ${formatBytes(bytesPerSession)} per session at ${day}`,
    ...(asked === undefined ? [] : [`asked: ${formatBytes(asked)} per operation`]),
  ].join("; ");
}

function shortfallLines({ why = "", fix = "" }: ProblemText, width: number): string[] {
  const told = why
    .split("\n")
    .flatMap((line) => wrap(inert(line), { width, first: "  out of reach: ", rest: "    " }));
  return [...told, ...wrap(inert(fix), { width, first: "  to reach it: ", rest: "    " })];
}

function footLines({ width, assumption, power }: PlanTextOptions): string[] {
  const seen = `A criterion sees growth above the rate it names with a probability of ${formatNumber(100 * power)}%.`;
  const times = `Times are estimates: ${assumption}. A busy machine takes longer.`;
  return [seen, times].flatMap((text) => wrap(text, { width, first: "", rest: "" }));
}
