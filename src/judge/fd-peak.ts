import type { CriterionRule } from "../model/scenario.js";
import { formatNumber } from "../model/units.js";
import type { Leak } from "../model/finding.js";
import { highest } from "./highest.js";
import type { RunView } from "./run-view.js";

export interface FdPeak {
  /** Most fds that one process held at any look. */
  readonly fds: number;
  /** The lowest soft limit of any process; undefined = it could not be read. */
  readonly softLimit: number | undefined;
}

export function fdPeakOf({ record }: RunView): FdPeak {
  const looks = record.snapshots.filter(({ phase }) => phase !== "tail");
  const entries = looks.flatMap(({ processes }) => processes);
  const counts = entries.map(({ fdCount, fds }) => fdCount ?? fds?.length);
  const limits = entries.flatMap(({ softFdLimit }) =>
    typeof softFdLimit === "number" ? [-softFdLimit] : [],
  );
  return {
    fds: highest([...counts, ...record.ticks.map(({ fdsOfLargest }) => fdsOfLargest)], 0),
    softLimit: limits.length === 0 ? undefined : -highest(limits, Number.NEGATIVE_INFINITY),
  };
}

/** A process came too near to its soft limit: one finding, or none. */
export function peakFindings(peak: FdPeak, rule: Extract<CriterionRule, { dropped: false }>): Leak[] {
  const { fds, softLimit } = peak;
  if (typeof rule.peakShare !== "number" || softLimit === undefined) return [];
  if (fds <= rule.peakShare * softLimit) return [];
  const finding: Leak = {
    criterion: "fds",
    resource: "file descriptors at the peak",
    summary: `a process held ${fds} file descriptors at its peak, more than ${formatNumber(rule.peakShare * 100)}% of its soft limit ${softLimit}`,
    evidence: [`peak ${fds} of ${softLimit}`],
    next: "Hold fewer at once, or raise the soft limit of the server (ulimit -n).",
    left: [],
  };
  return [finding];
}
