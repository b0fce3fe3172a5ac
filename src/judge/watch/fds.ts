import type { Leak } from "../../model/finding.js";
import { type ActiveRule, type Judged, resultOf } from "../criterion.js";
import { describeFd, fdLabel, groupBy, groupLines, type HeldFd, listGroups } from "../evidence.js";
import { fdPeakOf, peakFindings } from "../fd-peak.js";
import { highest } from "../highest.js";
import { unreadable } from "../readable.js";
import type { RunView } from "../run-view.js";
import { leftBy } from "../wording.js";
import { connectionsAt } from "./connections.js";
import { courseLine } from "./course-line.js";
import { fdsOf, isSession } from "./held-fds.js";
import { type Growth, judgeGrowth } from "./judge-growth.js";
import { lackOf } from "./lack.js";
import { leftOf } from "./left.js";
import { placeLevels } from "./levels.js";
import { type Life, type Lives, livesOf } from "./lives.js";
import { judgedBy, sizes } from "./result.js";
import { stuckIn } from "./stuck.js";
import { type WatchedView, watchedView } from "./watched-view.js";

const noun = ["file descriptor", "file descriptors"] as const;
const connections = ["open connection", "open connections"] as const;
/** The ends of three pipes, a PTY, a file, a socket. */
const perConnection = 6;

/**
 * What the server holds beside the open connections of its sessions must not grow by more than they explain. Connections
 * that nobody closes are the clients' to close: where their number goes on rising, nothing can be said.
 */
export function judgeWatchedFds(run: RunView, rule: ActiveRule): Judged {
  const view = watchedView(run);
  const peak = fdPeakOf(run);
  const high = peakFindings(peak, rule);
  const held = fdsOf(view);
  const others = livesOf(view, held.others);
  const growth = others && growthOf({ view, rule, lives: others });
  if (!others || !growth) return unlisted(run, high);
  const measures = { ...sizes(growth.level), limit: peak.softLimit };
  const lack = lackOf(view, growth.level.series.points.length);
  if (lack !== undefined && high.length === 0) {
    return { result: resultOf("fds", "inconclusive", { ...measures, reason: lack }), findings: [] };
  }
  const unclosed = livesOf(view, held.unclosed);
  const stuck = unclosed ? stuckIn(view, unclosed, rule) : [];
  const left = growth.verdict === "fail" ? leftOf(view, growth) : stuck;
  const found = left.length > 0 ? [leak(run, left, courseLine(growth.level))] : [];
  const worst = found.length > 0 ? growth : withSessions(growth, sessionsOf(view, rule));
  const judged = judgedBy({
    id: "fds",
    view,
    growth: worst,
    findings: [...found, ...high],
    stuck: stuck.length,
  });
  return withPeak(judged, peak, rule);
}

interface Found {
  readonly view: WatchedView;
  readonly rule: ActiveRule;
  readonly lives: Lives<HeldFd>;
}

function growthOf({ view, rule, lives }: Found): Growth<HeldFd> | undefined {
  const levels = placeLevels(view, ({ fds }, look) => {
    const now = connectionsAt(look);
    return fds?.filter((entry) => !isSession(entry, now)).length;
  });
  return judgeGrowth({ view, rule, levels, lives, noun, perConnection });
}

/** The connections themselves: growth of theirs is explained by the load, which they are. */
function sessionsOf(view: WatchedView, rule: ActiveRule): Growth<HeldFd> | undefined {
  const lives = livesOf(view, fdsOf(view).sessions);
  const levels = placeLevels(view, ({ fds }, look) => {
    const now = connectionsAt(look);
    return fds?.filter((entry) => isSession(entry, now)).length;
  });
  return lives && judgeGrowth({ view, rule, levels, lives, noun: connections, perConnection: Infinity });
}

/** A leak is among the one or the other: the pass of both speaks of what each of them would have shown. */
function withSessions(others: Growth<HeldFd>, sessions: Growth<HeldFd> | undefined): Growth<HeldFd> {
  if (others.verdict !== "pass" || !sessions) return others;
  if (sessions.verdict !== "pass") {
    const { verdict, reason, detectable } = sessions;
    return { ...others, verdict: verdict === "fail" ? "inconclusive" : verdict, reason, detectable };
  }
  const isSeenLess = sessions.detectable > others.detectable;
  return isSeenLess ? { ...others, detectable: sessions.detectable, reason: sessions.reason } : others;
}

/** The peak is judged from the counts, which are there even where the fds themselves cannot be listed. */
function unlisted(view: RunView, findings: readonly Leak[]): Judged {
  const reason = findings.map(({ summary }) => summary).join("; ") || unreadable(view, noun[1]);
  return { result: resultOf("fds", findings.length > 0 ? "fail" : "unchecked", { reason }), findings };
}

function withPeak(judged: Judged, peak: ReturnType<typeof fdPeakOf>, rule: ActiveRule): Judged {
  const { result } = judged;
  const limit = result.limit ?? peak.softLimit;
  const known = { ...result, limit, peak: highest([peak.fds], result.peak ?? 0) };
  const isUnknown = typeof rule.peakShare === "number" && peak.softLimit === undefined;
  if (result.verdict !== "pass" || !isUnknown) return { ...judged, result: known };
  const reason = `${result.reason}; but the soft limit could not be read, so the peak was not judged`;
  return { ...judged, result: { ...known, verdict: "unchecked", reason } };
}

function leak(view: RunView, left: readonly Life<HeldFd>[], course: string): Leak {
  const items = left.map(({ item }) => item);
  const groups = groupBy(items, fdLabel);
  const isUnclosed = groups[0]?.items[0]?.entry.socket?.state === "CLOSE_WAIT";
  return {
    criterion: "fds",
    resource: `file descriptor ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(items.length, view, noun)}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeFd), course],
    next: isUnclosed
      ? "The peer has closed and the server has not: close the socket when its connection ends, on every path."
      : "Find where these are opened, and close them on every path, errors and disconnects included.",
    left: left.map(({ item, born }) => ({ kind: "fd", ...item, bornBatch: born?.batch })),
  };
}
