import { type FdEntry, fdKey, isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Leak } from "../model/finding.js";
import { poissonInterval } from "../stats/poisson-interval.js";
import type { SeriesVerdict } from "../model/series.js";
import { type ActiveRule, type Judged, resultOf } from "./criterion.js";
import { describeFd, fdKind, fdLabel, groupBy, groupLines, type HeldFd, listGroups } from "./evidence.js";
import { sizesLine } from "./exact.js";
import { type FdPeak, fdPeakOf, peakFindings } from "./fd-peak.js";
import { highest } from "./highest.js";
import { type Held, type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { projected } from "./projected.js";
import { hiddenGrowth, hiddenLeak } from "./restarted-fds.js";
import { unreadable } from "./readable.js";
import { runRigour } from "./rigour.js";
import type { RunView } from "./run-view.js";
import { occupantsAt } from "./slots.js";
import { judgeSurvivors } from "./survivors.js";
import { leftBy } from "./wording.js";

const noun = ["file descriptor", "file descriptors"] as const;

/**
 * No growth per operation in the processes that were there at the baseline (what a leaked process
 * holds belongs to `processes`), and no process ever above its share of the soft limit.
 */
export function judgeFds(view: RunView, rule: ActiveRule): Judged {
  const peak = fdPeakOf(view);
  const high = peakFindings(peak, rule);
  const holdings = heldFds(view);
  if (!holdings) return unlisted(view, high);
  const held = sizes(holdings, peak);
  const lack = lackOf(view, holdings.points.length);
  if (lack === undefined) return judgeHeld({ view, rule, peak, high, holdings });
  if (high.length > 0) return failed(view, peak, { measures: held, findings: high });
  return { result: resultOf("fds", "inconclusive", { ...held, reason: lack }), findings: [] };
}

/** Fds of the processes that fill the places of the baseline; undefined where they cannot be listed. */
export function heldFds(view: RunView): Holdings<HeldFd> | undefined {
  const occupants = occupantsAt(view);
  return holdingsOf(view, (snapshot) => fdsOf(snapshot, occupants(snapshot)));
}

interface Case {
  readonly view: RunView;
  readonly rule: ActiveRule;
  readonly peak: FdPeak;
  /** What the peak is found guilty of. */
  readonly high: readonly Leak[];
  readonly holdings: Holdings<HeldFd>;
}

function judgeHeld({ view, rule, peak, high, holdings }: Case): Judged {
  const hidden = hiddenGrowth(view, rule);
  const growth = hidden?.verdict ?? judgeGrowth(view, holdings, rule);
  const measures = { ...sizes(holdings, peak), ...growth };
  const leaks = growth.verdict !== "fail" ? [] : [hidden ? hiddenLeak(view, hidden) : leak(view, holdings)];
  const findings = [...leaks, ...high];
  if (findings.length > 0) return failed(view, peak, { measures, findings });
  if (growth.verdict === "pass" && isPeakUnknown(peak, rule)) {
    const reason = `${growth.reason}; but the soft limit could not be read, so the peak was not judged`;
    return { result: resultOf("fds", "unchecked", { ...measures, reason }), findings };
  }
  return { result: resultOf("fds", growth.verdict, measures), findings };
}

function fdsOf(snapshot: Snapshot, occupants: ReadonlySet<string>): readonly Held<HeldFd>[] | undefined {
  const holders = snapshot.processes.filter((entry) => occupants.has(processKey(entry)) && !isZombie(entry));
  if (holders.length === 0 || holders.some(({ fds }) => !Array.isArray(fds))) return undefined;
  return holders.flatMap(heldBy);
}

/** An idle process has the very same list in one snapshot after the other: what was made of it is kept. */
const listsSeen = new WeakMap<readonly FdEntry[], readonly Held<HeldFd>[]>();

function heldBy(holder: ProcessEntry): readonly Held<HeldFd>[] {
  const { fds = [] } = holder;
  const seen = listsSeen.get(fds);
  const before = seen?.[0]?.item.holder;
  if (seen && before && processKey(before) === processKey(holder)) return seen;
  const held = fds.map((entry) => heldFd(holder, { holder, entry }));
  listsSeen.set(fds, held);
  return held;
}

function heldFd(holder: ProcessEntry, item: HeldFd): Held<HeldFd> {
  return { key: fdKey(holder, item.entry), kind: fdKind(item), item };
}

function judgeGrowth(view: RunView, holdings: Holdings<HeldFd>, rule: ActiveRule): SeriesVerdict {
  const rigour = runRigour(view, rule);
  const growth = judgeSurvivors({ view, holdings, rigour, allow: rule.allow, noun });
  const unclosed = holdings.survivors.filter(({ item }) => item.entry.socket?.state === "CLOSE_WAIT");
  if (growth.verdict === "fail" || unclosed.length <= rule.allow) return growth;
  // No statistics: the peer has closed, and the whole drain was not enough for the target to do so.
  const { low, high } = poissonInterval(unclosed.length);
  const [perOperation, ...ends] = [unclosed.length, low, high].map(
    (count) => count / Math.max(1, view.ended),
  );
  return {
    ...growth,
    verdict: "fail",
    shape: "rare leak",
    perOperation: perOperation ?? 0,
    low: ends[0] ?? 0,
    high: ends[1] ?? 0,
  };
}

/** The peak is judged from the counts, which are there even where the fds themselves cannot be listed. */
function unlisted(view: RunView, findings: readonly Leak[]): Judged {
  const reason = findings.map(({ summary }) => summary).join("; ") || unreadable(view, noun[1]);
  return { result: resultOf("fds", findings.length > 0 ? "fail" : "unchecked", { reason }), findings };
}

function sizes(holdings: Holdings<HeldFd>, peak: FdPeak) {
  const counts = holdings.points.map(({ size }) => size);
  return {
    baseline: holdings.baseline,
    peak: highest([peak.fds, ...counts], holdings.baseline),
    end: holdings.end ?? counts.at(-1),
    limit: peak.softLimit,
  };
}

function isPeakUnknown(peak: FdPeak, rule: ActiveRule): boolean {
  return typeof rule.peakShare === "number" && peak.softLimit === undefined;
}

function failed(view: RunView, peak: FdPeak, found: Found): Judged {
  const { measures, findings } = found;
  const { perOperation: rate = 0, low = 0, high = 0 } = measures;
  const ahead = projected(view, "fds", { rate: { rate, low, high } });
  const limit = ahead.limit ?? peak.softLimit;
  const reason = findings.map(({ summary }) => summary).join("; ");
  return { result: resultOf("fds", "fail", { ...measures, ...ahead, limit, reason }), findings };
}

interface Found {
  readonly measures: ReturnType<typeof sizes> & Partial<SeriesVerdict>;
  readonly findings: readonly Leak[];
}

function leak(view: RunView, holdings: Holdings<HeldFd>): Leak {
  const items = holdings.survivors.map(({ item }) => item);
  const groups = groupBy(items, fdLabel);
  return {
    criterion: "fds",
    resource: `file descriptor ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(items.length, view, noun)}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeFd), sizesLine(holdings)],
    next: nextFor(groups[0]?.items[0]),
    left: holdings.survivors.map(({ item, bornBatch }) => ({ kind: "fd", ...item, bornBatch })),
  };
}

function nextFor(example: HeldFd | undefined): string {
  if (example?.entry.socket?.state === "CLOSE_WAIT") {
    return "The peer has closed and the server has not: close the socket when its connection ends, on every path.";
  }
  return "Find where these are opened, and close them on every path, errors and disconnects included.";
}
