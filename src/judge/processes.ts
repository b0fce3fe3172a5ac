import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import { formatDuration, formatNumber } from "../model/units.js";
import type { Finding } from "../model/verdict.js";
import { judgeCounts } from "./count-series.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import {
  commandOf,
  countsLine,
  describeIdentity,
  describeProcess,
  groupBy,
  groupLines,
  listGroups,
} from "./evidence.js";
import { type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { birthOperations } from "./readable.js";
import type { RunView } from "./run-view.js";

/**
 * Nothing that the operations started is alive after the drain, and nothing of the target's after its
 * stop. Exact: one survivor more than allowed fails. Zombies have their own criterion.
 */
export function judgeProcesses(view: RunView, rule: ActiveRule): Judged {
  const holdings = holdingsOf(view, ({ processes }) =>
    processes
      .filter((entry) => !isZombie(entry))
      .map((item) => ({ key: processKey(item), kind: commandOf(item), item })),
  );
  const stopped = afterStop(view);
  const left = holdings ? survivorsOf(holdings, rule) : [];
  const lack = holdings ? lackOf(view, holdings.points.length) : "the run ended before its baseline";
  const findings = [
    ...(holdings && left.length > rule.allow ? [leak(view, holdings, left)] : []),
    ...stopped,
  ];
  if (!holdings && findings.length === 0) return without("processes", "inconclusive", lack ?? "");
  const perOperation = view.ended > 0 ? left.length / view.ended : undefined;
  const failed = findings.length > 0;
  const measures = {
    ...sizes(view, holdings),
    perOperation,
    low: perOperation,
    high: perOperation,
    hoursToExhaustion: failed ? hours(view, left.length) : undefined,
    reason: failed
      ? findings.map(({ summary }) => summary).join("; ")
      : (lack ?? cleanReason(view, left.length)),
  };
  const verdict = failed ? "fail" : lack === undefined ? "pass" : "inconclusive";
  return { result: resultOf("processes", verdict, measures), findings };
}

function sizes(view: RunView, holdings: Holdings<ProcessEntry> | undefined) {
  if (!holdings) return {};
  const counts = [holdings.baseline, ...holdings.points.map(({ size }) => size)];
  return {
    baseline: holdings.baseline,
    peak: Math.max(...counts, ...view.record.ticks.map(({ processes }) => processes)),
    end: holdings.end ?? counts.at(-1),
    limit: view.record.run.system.pidMax ?? undefined,
  };
}

/** A restarted worker stands in for the old one, unless there are more and more of them. */
function survivorsOf(holdings: Holdings<ProcessEntry>, rule: ActiveRule): readonly ProcessEntry[] {
  const items = holdings.survivors.map(({ item }) => item);
  const replaced = holdings.replaced;
  if (replaced === 0) return items;
  const { verdict } = judgeCounts({
    points: holdings.points.map(({ operations, novel }) => ({ x: operations, y: novel })),
    residual: items.length,
    replaced,
    allow: rule.allow,
    births: birthOperations(holdings),
    noun: "processes",
  });
  return verdict === "fail" ? items : items.slice(replaced);
}

function hours(view: RunView, left: number): number | undefined {
  const { system, scenario } = view.record.run;
  const perOperation = view.ended > 0 ? left / view.ended : 0;
  return hoursLeft({ end: left, limit: system.pidMax, perOperation }, scenario.production);
}

function cleanReason(view: RunView, left: number): string {
  const drained =
    left === 0
      ? "nothing the operations started was alive after the drain"
      : `${left} are left, which the scenario allows`;
  const { stop } = view.record;
  const ended = stop ? `; all was gone ${formatDuration(stop.tookMs)} after the stop signal` : "";
  return `${drained}${ended}; exact: one would have been seen`;
}

function leak(view: RunView, holdings: Holdings<ProcessEntry>, left: readonly ProcessEntry[]): Finding {
  const groups = groupBy(left, commandOf);
  return {
    criterion: "processes",
    resource: `process ${groups[0]?.label ?? ""}`,
    summary: `${left.length} processes were left by ${view.ended} operations (${formatNumber(left.length / Math.max(1, view.ended))} each): ${listGroups(groups, 3)}`,
    evidence: [
      ...groupLines(groups, describeProcess),
      countsLine(
        holdings.baseline,
        holdings.points.map(({ size }) => size),
        holdings.end,
      ),
    ],
    next: "End what a session started when the session ends, wait for it, and end its whole process group.",
  };
}

/** What the stop of the target found. */
function afterStop({ record }: RunView): Finding[] {
  const { stop } = record;
  if (!stop) return [];
  const findings: Finding[] = [];
  const within = formatDuration(record.run.scenario.stop.withinMs);
  const signal = record.run.scenario.stop.signal;
  const groups = groupBy(stop.survivors, commandOf);
  if (stop.survivors.length > 0 || !stop.graceful) {
    findings.push({
      criterion: "processes",
      resource: stop.survivors.length > 0 ? "processes after the stop" : "the target after the stop signal",
      summary:
        stop.survivors.length > 0
          ? `${stop.survivors.length} processes were alive ${within} after ${signal}: ${listGroups(groups, 3)}`
          : `the target did not stop within ${within} of ${signal}`,
      evidence: [...groupLines(groups, describeProcess), `the stop took ${formatDuration(stop.tookMs)}`],
      next: "At the stop signal end every session, end and await what they started, then exit.",
    });
  }
  if (stop.unkillable.length > 0) findings.push(unkillable(stop.unkillable.map(describeIdentity)));
  return findings;
}

function unkillable(evidence: readonly string[]): Finding {
  return {
    criterion: "processes",
    resource: "processes that SIGKILL does not end",
    summary: `${evidence.length} processes were there even after SIGKILL`,
    evidence,
    next: "Look at /proc/PID/stack and the mounts they wait on: they are stuck in the kernel (state D), or not reaped.",
  };
}
