import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Finding } from "../model/verdict.js";
import { type ActiveRule, type Judged, without } from "./criterion.js";
import { commandOf, describeProcess, groupBy, groupLines, listGroups } from "./evidence.js";
import { judgeExact, sizesLine } from "./exact.js";
import { type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { hiddenTree, noBaseline } from "./readable.js";
import type { RunView } from "./run-view.js";
import { leftBy } from "./wording.js";

/** Nothing that has exited is still unreaped after the drain, unless it was so at the baseline already. Exact. */
export function judgeZombies(view: RunView, rule: ActiveRule): Judged {
  const holdings = holdingsOf(view, ({ processes }) =>
    processes.filter(isZombie).map((item) => ({ key: processKey(item), kind: commandOf(item), item })),
  );
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

function leak(view: RunView, holdings: Holdings<ProcessEntry>): Finding {
  const zombies = holdings.survivors.map(({ item }) => item);
  const groups = groupBy(zombies, commandOf);
  return {
    criterion: "zombies",
    resource: `zombie ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(zombies.length, view.ended, ["zombie", "zombies"])}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeProcess), sizesLine(holdings)],
    next: "The parent must wait for every child that it starts, also for one that it killed.",
  };
}
