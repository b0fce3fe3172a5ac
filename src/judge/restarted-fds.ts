import type { Leak } from "../model/finding.js";
import type { ActiveRule } from "./criterion.js";
import { countsLine } from "./evidence.js";
import { type JudgedLevel, judgeLevels, type Level, sizesOf } from "./judge-levels.js";
import { levelSlots } from "./level-slots.js";
import { runRigour } from "./rigour.js";
import type { RunView } from "./run-view.js";
import { rateText } from "./wording.js";

/**
 * The growth in a place whose process was replaced during the run. Who left what cannot be told by identities there,
 * since all of them ended with the process; but that each process in turn held more and more can.
 * @returns undefined where no such place grows.
 */
export function hiddenGrowth(view: RunView, rule: ActiveRule): JudgedLevel<Level> | undefined {
  const replaced = levelSlots(view, ({ fdCount, fds }) => fdCount ?? fds?.length)
    .slots.filter(({ restarts, points }) => restarts.some((index) => index < points.length))
    .map(({ of, restarts, ...looks }): Level => {
      return { of, restarts, series: { name: "fds", kind: "count", ...looks } };
    });
  const [gravest] = judgeLevels(replaced, runRigour(view, rule));
  return gravest?.verdict.verdict === "fail" ? gravest : undefined;
}

export function hiddenLeak(view: RunView, { level, verdict }: JudgedLevel<Level>): Leak {
  const { baseline, values, end } = sizesOf(level.series);
  const rate = rateText(verdict.perOperation, "count");
  return {
    criterion: "fds",
    resource: `file descriptors of ${level.of}`,
    summary: `${rate} were left in ${level.of}, and only its restarts hid it: ${view.ended} operations, ${level.restarts.length} restarts`,
    evidence: [countsLine(baseline, values, end)],
    next: "Find what the process opens per session and never closes; a restart only puts the end off.",
    left: [],
  };
}
