import { isZombie, processKey, ptyHolds, type PtyHold } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import { formatNumber } from "../model/units.js";
import type { Finding } from "../model/verdict.js";
import { type ActiveRule, hoursLeft, type Judged, resultOf, without } from "./criterion.js";
import { countsLine, describePty } from "./evidence.js";
import { type Held, type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { unreadable } from "./readable.js";
import type { RunView } from "./run-view.js";

const mostExamples = 8;

/** Masters and slaves held after the drain are those held at the baseline. Exact. */
export function judgePtys(view: RunView, rule: ActiveRule): Judged {
  const holdings = holdingsOf(view, holdsOf);
  if (!holdings) return without("ptys", "unchecked", unreadable(view, "PTYs", "/fd"));
  const left = holdings.survivors.length;
  const lack = lackOf(view, holdings.points.length);
  const perOperation = view.ended > 0 ? left / view.ended : undefined;
  const counts = [holdings.baseline, ...holdings.points.map(({ size }) => size), holdings.end ?? 0];
  const measures = {
    baseline: holdings.baseline,
    peak: Math.max(...counts),
    end: holdings.end ?? counts.at(-2),
    perOperation,
    low: perOperation,
    high: perOperation,
    limit: view.record.run.system.ptyMax ?? undefined,
  };
  if (left > rule.allow) return fail(view, holdings, measures);
  const clean = left === 0 ? "every PTY was released" : `${left} holds are left, which the scenario allows`;
  const reason = lack ?? `${clean}; exact: one would have been seen`;
  return {
    result: resultOf("ptys", lack === undefined ? "pass" : "inconclusive", { ...measures, reason }),
    findings: [],
  };
}

/** Undefined when the fds of a live process could not be listed: it might hold one. */
function holdsOf({ processes }: Snapshot): readonly Held<PtyHold>[] | undefined {
  const live = processes.filter((entry) => !isZombie(entry));
  if (live.length === 0 || live.some(({ fds }) => !Array.isArray(fds))) return undefined;
  return ptyHolds(live).map((item) => ({
    key: `${item.ptsNumber} ${item.side} ${processKey(item.holder)}`,
    kind: item.side,
    item,
  }));
}

function fail(view: RunView, holdings: Holdings<PtyHold>, measures: Partial<Judged["result"]>): Judged {
  const finding = leak(view, holdings);
  const { system, scenario } = view.record.run;
  const course = { end: measures.end ?? 0, limit: system.ptyMax, perOperation: measures.perOperation ?? 0 };
  const hoursToExhaustion = hoursLeft(course, scenario.production);
  const result = resultOf("ptys", "fail", { ...measures, hoursToExhaustion, reason: finding.summary });
  return { result, findings: [finding] };
}

function leak(view: RunView, holdings: Holdings<PtyHold>): Finding {
  const holds = holdings.survivors.map(({ item }) => item);
  const ptys = new Set(holds.map(({ ptsNumber }) => ptsNumber)).size;
  const masters = holds.filter(({ side }) => side === "master").length;
  const sides = `${masters} masters and ${holds.length - masters} slaves held`;
  return {
    criterion: "ptys",
    resource: masters > 0 ? "PTY master /dev/ptmx" : "PTY slave /dev/pts/N",
    summary: `${ptys} PTYs were left by ${view.ended} operations (${formatNumber(ptys / Math.max(1, view.ended))} each): ${sides}`,
    evidence: [
      ...holds.slice(0, mostExamples).map(describePty),
      ...(holds.length > mostExamples ? [`and ${holds.length - mostExamples} more`] : []),
      countsLine(
        holdings.baseline,
        holdings.points.map(({ size }) => size),
        holdings.end,
      ),
    ],
    next:
      masters > 0
        ? "Close the master on every path, errors included, once the command that ran in the PTY is gone."
        : "End the processes that still have the PTY as their terminal.",
  };
}
