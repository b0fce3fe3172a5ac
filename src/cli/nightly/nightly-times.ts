import type { HistoryEntry } from "../../model/history.js";
import { median } from "../../stats/median.js";
import type { Pair } from "../../suite/suite.js";
import type { NightlyRequest } from "./nightly-request.js";
import { planOf } from "../plan-of.js";

interface Known {
  readonly before: readonly HistoryEntry[];
  readonly request: NightlyRequest;
}

/** Runs that the expectation is made from. */
const lastRuns = 5;

/** When a pair ran last. */
export function lastRunMs(pair: Pair, known: Known): number | undefined {
  return runsOf(pair, known).at(-1)?.startedAtMs;
}

/** What a run of a pair took of late, or what is planned for it where it never ran. */
export function expectedMs(pair: Pair, known: Known): number {
  const took = runsOf(pair, known)
    .slice(-lastRuns)
    .map(({ durationMs }) => durationMs);
  const { quick, scenarioOf } = known.request;
  return (
    median(took) ?? planOf(scenarioOf(pair).scenario, { quick, duration: undefined }).plan.planned.totalMs
  );
}

function runsOf(pair: Pair, { before, request }: Known): HistoryEntry[] {
  const { name } = request.scenarioOf(pair).scenario;
  return before.filter(({ target, scenario }) => target === pair.target && scenario === name);
}
