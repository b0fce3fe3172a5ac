import type { CriterionResult, ScenarioResult } from "../../src/model/verdict.js";
import { criterionIds } from "../../src/model/verdict.js";
import { criterion, leaking, scenario, steadyMemory } from "./samples.js";

const perSecond = { per: "second", detectable: 0.00306, high: 0.00306 } as const;
const reason = "none came and stayed; anything above 11 per hour would have been seen";

const counts = (ids: readonly CriterionResult["id"][]): CriterionResult[] =>
  ids.map((id) => criterion(id, { ...perSecond, reason }));

const memory: CriterionResult = {
  ...steadyMemory,
  per: "second",
  perOperation: 12,
  low: -100,
  high: 130,
  detectable: 340,
  reason: "at most 10.7 MiB a day of growth, within the budget of 64 MiB (private anonymous memory)",
};

/** A server that was watched for half an hour, and is sound. */
export function watchedOne(given: Partial<ScenarioResult> = {}): ScenarioResult {
  return scenario({
    name: "port:8080",
    watched: { unit: "seconds" },
    operations: { landed: 0, failed: 0, byFlow: {} },
    durationMs: 1_800_000,
    sessionsPerHour: 3600,
    criteria: [...counts(criterionIds.filter((id) => id !== "memory")), memory],
    ...given,
  });
}

/** One that leaks while it is watched. */
export function watchedLeak(): ScenarioResult {
  const summary = "186 file descriptors were left in 30 min of watching (372 per hour): /dev/null (186)";
  const fds = criterion("fds", {
    ...perSecond,
    verdict: "fail",
    baseline: 21,
    peak: 212,
    end: 207,
    perOperation: 0.1033,
    low: 0.098,
    high: 0.109,
    limit: 1024,
    ceiling: "soft RLIMIT_NOFILE",
    hoursToExhaustion: 2.2,
    hoursLow: 2.08,
    hoursHigh: 2.32,
    shape: "steady leak",
    reason: summary,
  });
  const open =
    "12 tasks at the start, 31 at the end; open connections rose from 3.2 to 8 on average, which may be why; to tell, watch longer, or under a steady load, or with `run --attach`";
  const tasks = criterion("tasks", { ...perSecond, verdict: "inconclusive", reason: open });
  const [first] = leaking().findings;
  const finding = first && {
    ...first,
    resource: "file descriptor /dev/null",
    summary,
    evidence: ["/dev/null (186)", "  pid 4127 fd 31 /dev/null", "baseline 21 → 24 27 … 204 207"],
  };
  return watchedOne({
    verdict: "fail",
    criteria: [tasks, ...counts(["processes", "zombies", "ptys"]), fds, memory],
    findings: finding ? [finding] : [],
  });
}
