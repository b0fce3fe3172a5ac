import type {
  HistoryCriterion,
  HistoryEntry,
  NightResult,
  Since,
  TrendCurve,
  TrendRow,
  TrendState,
} from "../model/history.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import { type PlacedChange, changesOf, told } from "./changes.js";
import { type Course, courseOf } from "./moves.js";
import { groupedBy } from "./grouped-by.js";
import { inText, type Night, nightsOf, resultOf } from "./nights.js";
import { type Sign, signOf } from "./signs.js";

/** What the nights of a history come to: a row for each target and scenario, in the order of their names. */
export function trendOf(entries: readonly HistoryEntry[]): TrendRow[] {
  const byPair = groupedBy(entries, ({ target, scenario }) => `${target}\n${scenario}`);
  return [...byPair]
    .sort(([a], [b]) => inText(a, b))
    .flatMap(([, [first, ...others]]) => (first ? [rowOf(first, [first, ...others])] : []));
}

function rowOf({ target, scenario }: HistoryEntry, entries: readonly HistoryEntry[]): TrendRow {
  const groups = nightsOf(entries);
  const nights = groups.map((group) => resultOf(group));
  const signs = judgedIn(groups);
  const courses = signs.map((each) => courseOf(each.id, each.signs));
  const changes = changesOf(courses);
  const leaking = leakingBy(courses, changes, nights.length);
  return {
    target,
    scenario,
    nights,
    curves: signs.map(({ id, unit, signs }) => ({ id, unit, rates: signs.map(({ rate }) => rate) })),
    state: stateOf(leaking, nights),
    since: sinceOf(leaking, changes, nights),
    changes: changes.map((change) => told(change, nights)),
  };
}

interface Judged extends Pick<TrendCurve, "id" | "unit"> {
  /** One for each night. */
  readonly signs: readonly Sign[];
}

/** What any run was judged by, in the usual order. */
function judgedIn(groups: readonly Night[]): Judged[] {
  const told = groups.map(({ runs }) =>
    groupedBy(
      runs.flatMap(({ criteria }) => criteria),
      idOf,
    ),
  );
  return criterionIds.flatMap((id) => {
    const nights = told.map((night) => night.get(id) ?? []);
    const first = nights.find((each) => each.some(({ verdict }) => verdict !== "dropped"))?.[0];
    return first ? [{ id, unit: first.unit, signs: nights.map((night) => signOf(night)) }] : [];
  });
}

function idOf({ id }: HistoryCriterion): CriterionId {
  return id;
}

/** For each night, how many criteria leak. */
function leakingBy(courses: readonly Course[], changes: readonly PlacedChange[], nights: number): number[] {
  let leaking = courses.filter(({ leaksAtFirst }) => leaksAtFirst).length;
  return Array.from({ length: nights }, (_, night) => {
    for (const { criteria, inRate, kind } of changes.filter(({ first }) => first === night)) {
      const moved = criteria.length - inRate.length;
      leaking += kind === "leak" ? moved : -moved;
    }
    return leaking;
  });
}

function stateOf(leaking: readonly number[], nights: readonly NightResult[]): TrendState {
  const tonight = nights.at(-1);
  const leaks = isLeaking(leaking.at(-1));
  const leaked = leaking.length === 1 ? leaks : isLeaking(leaking.at(-2));
  if (tonight?.quarantine) return "quarantined";
  // One that leaks and passed tonight may be fixed, or not be seen each night.
  if (tonight?.verdict !== (leaks ? "fail" : "pass")) return "unclear";
  if (leaks) return leaked ? "still" : "new";
  return leaked ? "fixed" : "ok";
}

function isLeaking(count = 0): boolean {
  return count > 0;
}

/** The change that brought the row from clean to leaking, or back, the last time. */
function sinceOf(
  leaking: readonly number[],
  changes: readonly PlacedChange[],
  nights: readonly NightResult[],
): Since | undefined {
  const leaks = leaking.map((count) => count > 0);
  const first = leaks.lastIndexOf(!leaks.at(-1)) + 1;
  const change = changes.find((each) => each.first === first && (each.kind === "leak") === leaks.at(-1));
  if (!change || first === 0) return undefined;
  const { night, afterCommit, upToCommit } = told(change, nights);
  return { night, afterCommit, upToCommit };
}
