import { formatNumber } from "../model/units.js";
import { fdKey, isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionResult, Finding } from "../model/verdict.js";
import { judgeCounts, type SeriesVerdict } from "./count-series.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import {
  countsLine,
  describeFd,
  fdKind,
  fdLabel,
  groupBy,
  groupLines,
  type HeldFd,
  listGroups,
} from "./evidence.js";
import { type Held, type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import type { RunView } from "./run-view.js";
import { birthOperations, unreadable } from "./readable.js";

/**
 * No growth per operation in the processes that were there at the baseline (what a leaked process
 * holds belongs to `processes`), and no process ever above its share of the soft limit.
 */
export function judgeFds(view: RunView, rule: ActiveRule): Judged {
  const holdings = holdingsOf(view, (snapshot) => fdsOf(view, snapshot));
  if (!holdings) return without("fds", "unchecked", unreadable(view, "fds", "/fd"));
  const peak = peakOf(view);
  const lack = lackOf(view, holdings.points.length);
  const growth = lack === undefined ? judgeGrowth(holdings, rule) : undefined;
  const result = resultOf("fds", "inconclusive", {
    baseline: holdings.baseline,
    peak: Math.max(peak.fds, holdings.baseline, ...holdings.points.map(({ size }) => size)),
    end: holdings.end ?? holdings.points.at(-1)?.size,
    limit: peak.softLimit,
    reason: lack ?? "",
  });
  return decide({ view, rule, holdings, peak, growth, result });
}

interface Case {
  readonly view: RunView;
  readonly rule: ActiveRule;
  readonly holdings: Holdings<HeldFd>;
  readonly peak: Peak;
  readonly growth: SeriesVerdict | undefined;
  readonly result: CriterionResult;
}

function decide(found: Case): Judged {
  const { growth, result } = found;
  const tooHigh = overShare(found);
  const grown = growth ? { ...result, ...growth } : result;
  const findings = [
    ...(growth?.verdict === "fail" ? [leak(found, growth)] : []),
    ...(tooHigh === undefined ? [] : [highPeak(found, tooHigh)]),
  ];
  if (findings.length > 0) {
    const reason = [growth?.verdict === "fail" ? growth.reason : undefined, tooHigh]
      .filter(Boolean)
      .join("; ");
    return { result: { ...grown, verdict: "fail", reason, hoursToExhaustion: hours(found) }, findings };
  }
  if (
    growth?.verdict === "pass" &&
    found.rule.peakShare !== undefined &&
    found.peak.softLimit === undefined
  ) {
    const reason = `${growth.reason}; but the soft limit could not be read, so the peak is not judged`;
    return { result: { ...grown, verdict: "unchecked", reason }, findings };
  }
  return { result: grown, findings };
}

function fdsOf(view: RunView, snapshot: Snapshot): readonly Held<HeldFd>[] | undefined {
  const holders = snapshot.processes.filter(
    (entry) => view.oldHands.has(processKey(entry)) && !isZombie(entry),
  );
  if (holders.length === 0 || holders.some(({ fds }) => !Array.isArray(fds))) return undefined;
  return holders.flatMap((holder) => (holder.fds ?? []).map((entry) => heldFd(holder, { holder, entry })));
}

function heldFd(holder: ProcessEntry, item: HeldFd): Held<HeldFd> {
  return { key: fdKey(holder, item.entry), kind: fdKind(item), item };
}

function judgeGrowth(holdings: Holdings<HeldFd>, rule: ActiveRule): SeriesVerdict {
  return judgeCounts({
    points: holdings.points.map(({ operations, novel }) => ({ x: operations, y: novel })),
    residual: holdings.survivors.length,
    replaced: holdings.replaced,
    allow: rule.allow,
    births: birthOperations(holdings),
    noun: "file descriptors",
  });
}

interface Peak {
  /** Of the one process that came closest to its limit. */
  readonly fds: number;
  readonly softLimit: number | undefined;
}

function peakOf({ record }: RunView): Peak {
  const entries = record.snapshots.flatMap(({ processes }) => processes);
  const limits = entries.flatMap(({ softFdLimit }) => (typeof softFdLimit === "number" ? [softFdLimit] : []));
  const counts = entries.map(({ fdCount, fds }) => fdCount ?? fds?.length ?? 0);
  const ticks = record.ticks.map(({ fdsOfLargest }) => fdsOfLargest ?? 0);
  return {
    fds: highest([...counts, ...ticks]),
    softLimit: limits.length === 0 ? undefined : -highest(limits.map((limit) => -limit)),
  };
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

function overShare({ peak, rule }: Case): string | undefined {
  if (rule.peakShare === undefined || peak.softLimit === undefined) return undefined;
  const most = rule.peakShare * peak.softLimit;
  if (peak.fds <= most) return undefined;
  return `a process held ${peak.fds} file descriptors at its peak, more than ${formatNumber(rule.peakShare * 100)}% of its soft limit ${peak.softLimit}`;
}

function hours({ view, growth, peak, result }: Case): number | undefined {
  const course = { end: result.end ?? 0, limit: peak.softLimit, perOperation: growth?.perOperation ?? 0 };
  return hoursLeft(course, view.record.run.scenario.production);
}

function leak({ view, holdings }: Case, growth: SeriesVerdict): Finding {
  const items = holdings.survivors.map(({ item }) => item);
  const groups = groupBy(items, fdLabel);
  return {
    criterion: "fds",
    resource: `file descriptor ${groups[0]?.label ?? ""}`,
    summary: `${items.length} file descriptors were left by ${view.ended} operations (${formatNumber(growth.perOperation)} each): ${listGroups(groups, 3)}`,
    evidence: [
      ...groupLines(groups, describeFd),
      countsLine(
        holdings.baseline,
        holdings.points.map(({ size }) => size),
        holdings.end,
      ),
    ],
    next: nextFor(groups[0]?.items[0]),
  };
}

function nextFor(example: HeldFd | undefined): string {
  if (example?.entry.socket?.state === "CLOSE_WAIT") {
    return "The peer has closed and the server has not: close the socket when its connection ends, on every path.";
  }
  return "Find where these are opened, and close them on every path, errors and disconnects included.";
}

function highPeak({ peak }: Case, summary: string): Finding {
  return {
    criterion: "fds",
    resource: "file descriptors at the peak",
    summary,
    evidence: [`peak ${peak.fds} of ${peak.softLimit}`],
    next: "Hold fewer at once, or raise the soft limit (ulimit -n) of the server.",
  };
}
