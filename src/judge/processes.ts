import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Leak } from "../model/finding.js";
import { type ActiveRule, type Judged, resultOf, without } from "./criterion.js";
import { commandOf, describeProcess, groupBy, groupLines, listGroups } from "./evidence.js";
import { judgeExact, sizesLine } from "./exact.js";
import { type Holdings, holdingsOf, type Survivor } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { hiddenTree, noBaseline } from "./readable.js";
import type { RunView } from "./run-view.js";
import { runRigour } from "./rigour.js";
import { stopFindings } from "./stop.js";
import { judgeSurvivors } from "./survivors.js";
import { leftBy } from "./wording.js";

/**
 * Nothing that the operations started is alive after the drain, and nothing of the target's after its
 * stop. Exact: one survivor more than allowed fails. Zombies have their own criterion.
 */
export function judgeProcesses(view: RunView, rule: ActiveRule): Judged {
  const { record } = view;
  const isAttached = record.run.attached !== undefined;
  const stopped = stopFindings(record.stop, record.run.scenario.stop);
  const holdings = heldProcesses(view);
  if (!holdings) return unmeasured(stopped);
  const left = survivorsOf(view, holdings, rule);
  const findings = [...(left.length > rule.allow ? [leak(view, holdings, left)] : []), ...stopped];
  const hidden = hiddenTree(view);
  if (hidden !== undefined && findings.length === 0) return without("processes", "unchecked", hidden);
  return judgeExact({
    id: "processes",
    view,
    rule,
    holdings,
    left: left.length,
    lack: lackOf(view, holdings.points.length) ?? (record.stop || isAttached ? undefined : noStop),
    limit: record.run.system.pidMax,
    clean: `nothing the operations started is alive after the drain, ${isAttached ? attachedStop : "and nothing at all after the stop"}`,
    findings,
  });
}

/** Processes that are alive; undefined where the baseline or the drain cannot be read. */
export function heldProcesses(view: RunView): Holdings<ProcessEntry> | undefined {
  return holdingsOf(view, ({ processes }) =>
    processes
      .filter((entry) => !isZombie(entry))
      .map((item) => ({ key: processKey(item), kind: commandOf(item), item })),
  );
}

const noun = ["process", "processes"] as const;
const noStop = "the record ends before the stop of the target, so what would have survived it is not known";
const attachedStop =
  "while what would survive a stop was not measured, since the target was attached to and not stopped";

function unmeasured(findings: readonly Leak[]): Judged {
  if (findings.length === 0) return without("processes", "inconclusive", noBaseline);
  const reason = findings.map(({ summary }) => summary).join("; ");
  return { result: resultOf("processes", "fail", { reason }), findings };
}

/** A restarted worker stands in for the old one, unless there are more and more of them. */
function survivorsOf(
  view: RunView,
  holdings: Holdings<ProcessEntry>,
  rule: ActiveRule,
): readonly Survivor<ProcessEntry>[] {
  const { survivors } = holdings;
  const rigour = runRigour(view, rule);
  const { verdict } = judgeSurvivors({ view, holdings, rigour, allow: rule.allow, noun });
  return verdict === "fail" ? survivors : survivors.filter(({ standsIn }) => !standsIn);
}

function leak(
  view: RunView,
  holdings: Holdings<ProcessEntry>,
  left: readonly Survivor<ProcessEntry>[],
): Leak {
  const groups = groupBy(
    left.map(({ item }) => item),
    commandOf,
  );
  return {
    criterion: "processes",
    resource: `process ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(left.length, view, ["process", "processes"])}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeProcess), sizesLine(holdings)],
    next: "End what a session started when the session ends, wait for it, and end its whole process group.",
    left: left.map(({ item, bornBatch }) => ({ kind: "process", entry: item, bornBatch })),
  };
}
