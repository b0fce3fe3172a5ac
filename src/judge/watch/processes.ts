import type { Leak } from "../../model/finding.js";
import { isZombie, type ProcessEntry, processKey } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import { type ActiveRule, type Judged, resultOf, without } from "../criterion.js";
import { commandOf, describeProcess, groupBy, groupLines, listGroups } from "../evidence.js";
import type { Held } from "../holdings.js";
import { hiddenTree } from "../readable.js";
import type { RunView } from "../run-view.js";
import { trade } from "../slots.js";
import { leftBy } from "../wording.js";
import { courseLine } from "./course-line.js";
import { judgeGrowth } from "./judge-growth.js";
import { lackOf } from "./lack.js";
import { leftOf } from "./left.js";
import { wholeLevel } from "./levels.js";
import { type Life, livesOf } from "./lives.js";
import { judgedBy, sizes } from "./result.js";
import { stuckIn } from "./stuck.js";
import { watchedView } from "./watched-view.js";

const noun = ["process", "processes"] as const;
const perConnection = 3;

/** Processes come and go with the sessions: those that stay and grow are left over, and orphans have no session any more. */
export function judgeWatchedProcesses(run: RunView, rule: ActiveRule): Judged {
  const view = watchedView(run);
  const lives = livesOf(view, liveOnes);
  const level = wholeLevel(view, (look) => liveOnes(look).length);
  const lack = lackOf(view, level.series.points.length);
  if (!lives || lack !== undefined) {
    return {
      result: resultOf("processes", "inconclusive", { ...sizes(level), reason: lack ?? "" }),
      findings: [],
    };
  }
  const growth = judgeGrowth({ view, rule, levels: [level], lives, noun, perConnection });
  if (!growth) return without("processes", "unchecked", "processes not read");
  const orphans = livesOf(view, orphansOf);
  const stuck = orphans ? stuckIn(view, orphans, { ...rule, allow: Math.max(rule.allow, fewOrphans) }) : [];
  const left = growth.verdict === "fail" ? leftOf(view, growth) : stuck;
  const findings = left.length > 0 ? [leak(run, left, courseLine(level))] : [];
  const hidden = hiddenTree(run);
  if (hidden !== undefined && findings.length === 0) return without("processes", "unchecked", hidden);
  return judgedBy({ id: "processes", view, growth, findings, stuck: stuck.length });
}

/** A server may start a helper once that goes on by itself. */
const fewOrphans = 2;

function liveOnes({ processes }: Snapshot): Held<ProcessEntry>[] {
  return processes.filter((entry) => !isZombie(entry)).map(held);
}

/** Those that have lost the parent that started them. */
function orphansOf({ processes }: Snapshot): Held<ProcessEntry>[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes.filter((entry) => !isZombie(entry) && !pids.has(entry.ppid)).map(held);
}

function held(item: ProcessEntry): Held<ProcessEntry> {
  return { key: processKey(item), kind: trade(item), item };
}

function leak(view: RunView, left: readonly Life<ProcessEntry>[], course: string): Leak {
  const groups = groupBy(
    left.map(({ item }) => item),
    commandOf,
  );
  return {
    criterion: "processes",
    resource: `process ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(left.length, view, noun)}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeProcess), course],
    next: "End what a session started when the session ends, wait for it, and end its whole process group.",
    left: left.map(({ item, born }) => ({ kind: "process", entry: item, bornBatch: born?.batch })),
  };
}
