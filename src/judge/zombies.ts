import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import { formatNumber } from "../model/units.js";
import type { Finding } from "../model/verdict.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import { commandOf, countsLine, describeProcess, groupBy, groupLines, listGroups } from "./evidence.js";
import { type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import type { RunView } from "./run-view.js";

/** Nothing that has exited is still unreaped after the drain, unless it was so at the baseline already. Exact. */
export function judgeZombies(view: RunView, rule: ActiveRule): Judged {
  const holdings = holdingsOf(view, ({ processes }) =>
    processes.filter(isZombie).map((item) => ({ key: processKey(item), kind: commandOf(item), item })),
  );
  if (!holdings) return without("zombies", "inconclusive", "the run ended before its baseline");
  const left = holdings.survivors.length;
  const lack = lackOf(view, holdings.points.length);
  const failed = left > rule.allow;
  const perOperation = view.ended > 0 ? left / view.ended : undefined;
  const counts = [holdings.baseline, ...holdings.points.map(({ size }) => size), holdings.end ?? 0];
  const measures = {
    baseline: holdings.baseline,
    peak: Math.max(...counts),
    end: holdings.end ?? counts.at(-2),
    perOperation,
    low: perOperation,
    high: perOperation,
    limit: view.record.run.system.pidMax ?? undefined,
  };
  if (failed) return fail(view, holdings, measures);
  const clean = left === 0 ? "no zombie after the drain" : `${left} are left, which the scenario allows`;
  const reason = lack ?? `${clean}; exact: one would have been seen`;
  return {
    result: resultOf("zombies", lack === undefined ? "pass" : "inconclusive", { ...measures, reason }),
    findings: [],
  };
}

function fail(view: RunView, holdings: Holdings<ProcessEntry>, measures: Partial<Judged["result"]>): Judged {
  const finding = leak(view, holdings);
  const { system, scenario } = view.record.run;
  const course = { end: measures.end ?? 0, limit: system.pidMax, perOperation: measures.perOperation ?? 0 };
  const hoursToExhaustion = hoursLeft(course, scenario.production);
  const result = resultOf("zombies", "fail", { ...measures, hoursToExhaustion, reason: finding.summary });
  return { result, findings: [finding] };
}

function leak(view: RunView, holdings: Holdings<ProcessEntry>): Finding {
  const zombies = holdings.survivors.map(({ item }) => item);
  const groups = groupBy(zombies, commandOf);
  return {
    criterion: "zombies",
    resource: `zombie ${groups[0]?.label ?? ""}`,
    summary: `${zombies.length} zombies were left by ${view.ended} operations (${formatNumber(zombies.length / Math.max(1, view.ended))} each): ${listGroups(groups, 3)}`,
    evidence: [
      ...groupLines(groups, describeProcess),
      countsLine(
        holdings.baseline,
        holdings.points.map(({ size }) => size),
        holdings.end,
      ),
    ],
    next: "The parent must wait for every child that it starts, also for one that it killed.",
  };
}
