import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Leak } from "../model/finding.js";
import { type ActiveRule, type Judged, without } from "./criterion.js";
import { commandOf, describeProcess, groupBy, groupLines, listGroups } from "./evidence.js";
import { judgeExact, sizesLine } from "./exact.js";
import { type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { hiddenTree, noBaseline } from "./readable.js";
import type { RunView } from "./run-view.js";
import { counted, leftBy } from "./wording.js";

const noun = ["zombie", "zombies"] as const;

/**
 * Nothing that has exited is still unreaped after the drain, unless it was so at the baseline already. Exact.
 * A zombie whose parent has died waits for init, which takes its time on some systems: not the target's doing.
 */
export function judgeZombies(view: RunView, rule: ActiveRule): Judged {
  const holdings = heldZombies(view);
  if (!holdings) return without("zombies", "inconclusive", noBaseline);
  const left = holdings.survivors.length;
  const hidden = hiddenTree(view);
  if (hidden !== undefined && left <= rule.allow) return without("zombies", "unchecked", hidden);
  return judgeExact({
    id: "zombies",
    view,
    rule,
    holdings,
    left,
    lack: lackOf(view, holdings.points.length),
    limit: view.record.run.system.pidMax,
    clean: "no zombie after the drain",
    findings: left > rule.allow ? [leak(view, holdings)] : [],
  });
}

/** Zombies that the target neglects; undefined where the baseline or the drain cannot be read. */
export function heldZombies(view: RunView): Holdings<ProcessEntry> | undefined {
  return holdingsOf(view, ({ processes }) =>
    neglected(processes).map((item) => ({ key: processKey(item), kind: commandOf(item), item })),
  );
}

/** The zombies whose parent is of the target's tree, and ought to wait for them. */
export function neglected(processes: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes.filter((entry) => isZombie(entry) && pids.has(entry.ppid));
}

/** What is not held against the target, named. */
export function zombieNotes(view: RunView): string[] {
  const { processes } = view.drain.at(-1) ?? { processes: [] };
  const own = new Set(neglected(processes));
  const adopted = processes.filter((entry) => isZombie(entry) && !own.has(entry));
  if (adopted.length === 0) return [];
  const what = counted(adopted.length, noun);
  const parents = [...new Set(adopted.map(({ ppid }) => ppid))].join(", ");
  return [
    `${what} outlived the parent and waits for pid ${parents}, outside the target, to reap it: not counted`,
  ];
}

function leak(view: RunView, holdings: Holdings<ProcessEntry>): Leak {
  const zombies = holdings.survivors.map(({ item }) => item);
  const groups = groupBy(zombies, commandOf);
  return {
    criterion: "zombies",
    resource: `zombie ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(zombies.length, view, noun)}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeProcess), sizesLine(holdings)],
    next: "The parent must wait for every child that it starts, also for one that it killed.",
    left: holdings.survivors.map(({ item, bornBatch }) => ({ kind: "zombie", entry: item, bornBatch })),
  };
}
