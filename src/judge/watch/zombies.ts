import type { Leak } from "../../model/finding.js";
import { isZombie, type ProcessEntry, processKey } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import { type ActiveRule, type Judged, resultOf, without } from "../criterion.js";
import { commandOf, describeProcess, groupBy, groupLines, listGroups } from "../evidence.js";
import type { Held } from "../holdings.js";
import { hiddenTree } from "../readable.js";
import type { RunView } from "../run-view.js";
import { leftBy } from "../wording.js";
import { neglected } from "../zombies.js";
import { courseLine } from "./course-line.js";
import { judgeGrowth } from "./judge-growth.js";
import { lackOf } from "./lack.js";
import { leftOf } from "./left.js";
import { wholeLevel } from "./levels.js";
import { type Life, livesOf } from "./lives.js";
import { judgedBy, sizes } from "./result.js";
import { stuckIn } from "./stuck.js";
import { watchedView } from "./watched-view.js";

const noun = ["zombie", "zombies"] as const;

/** A zombie that is waited for is there for a moment: those that stay, or that grow, are not. */
export function judgeWatchedZombies(run: RunView, rule: ActiveRule): Judged {
  const view = watchedView(run);
  const hidden = hiddenTree(run);
  const lives = livesOf(view, zombiesOf);
  const level = wholeLevel(view, (look) => zombiesOf(look).length);
  const lack = lackOf(view, level.series.points.length);
  if (!lives || lack !== undefined) {
    return {
      result: resultOf("zombies", "inconclusive", { ...sizes(level), reason: lack ?? "" }),
      findings: [],
    };
  }
  const growth = judgeGrowth({ view, rule, levels: [level], lives, noun, perConnection: 1 });
  if (!growth) return without("zombies", "unchecked", "zombies not read");
  const stuck = stuckIn(view, lives, rule);
  const left = stuck.length > 0 ? stuck : growth.verdict === "fail" ? leftOf(view, growth) : [];
  const findings = left.length > 0 ? [leak(run, left, courseLine(level))] : [];
  if (hidden !== undefined && findings.length === 0) return without("zombies", "unchecked", hidden);
  return judgedBy({ id: "zombies", view, growth, findings, stuck: stuck.length });
}

function zombiesOf({ processes }: Snapshot): Held<ProcessEntry>[] {
  return neglected(processes)
    .filter(isZombie)
    .map((item) => ({ key: processKey(item), kind: commandOf(item), item }));
}

function leak(view: RunView, left: readonly Life<ProcessEntry>[], course: string): Leak {
  const zombies = left.map(({ item }) => item);
  const groups = groupBy(zombies, commandOf);
  return {
    criterion: "zombies",
    resource: `zombie ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(zombies.length, view, noun)}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeProcess), course],
    next: "The parent must wait for every child that it starts, also for one that it killed.",
    left: left.map(({ item, born }) => ({ kind: "zombie", entry: item, bornBatch: born?.batch })),
  };
}
