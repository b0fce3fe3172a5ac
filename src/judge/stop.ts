import type { StopLine } from "../model/record.js";
import type { StopSpec } from "../model/scenario.js";
import { formatDuration } from "../model/units.js";
import type { Leak } from "../model/finding.js";
import { commandOf, describeIdentity, describeProcess, groupBy, groupLines, listGroups } from "./evidence.js";
import { counted } from "./wording.js";

/** What the stop of the target found wrong: orphans left behind, too slow a stop, processes that nothing ends. */
export function stopFindings(stop: StopLine | undefined, spec: StopSpec): Leak[] {
  if (!stop) return [];
  return [
    ...(stop.survivors.length > 0 ? [survivors(stop, spec)] : []),
    ...(stop.survivors.length === 0 && !stop.graceful ? [late(stop, spec)] : []),
    ...(stop.unkillable.length > 0 ? [unkillable(stop)] : []),
  ];
}

function survivors(stop: StopLine, spec: StopSpec): Leak {
  const groups = groupBy(stop.survivors, commandOf);
  const alive = `${counted(stop.survivors.length, ["process was", "processes were"])} still alive`;
  return {
    criterion: "processes",
    resource: `process ${groups[0]?.label ?? ""}`,
    summary: `${alive} ${formatDuration(spec.withinMs)} after ${spec.signal}: ${listGroups(groups, 3)}`,
    evidence: [...groupLines(groups, describeProcess), `the stop took ${formatDuration(stop.tookMs)}`],
    next: `At ${spec.signal} end every session, end and await what it started, then exit.`,
    left: stop.survivors.map((entry) => ({ kind: "process", entry, bornBatch: undefined })),
  };
}

function late(stop: StopLine, spec: StopSpec): Leak {
  return {
    criterion: "processes",
    resource: "the target itself",
    summary: `the target did not stop within ${formatDuration(spec.withinMs)} of ${spec.signal}`,
    evidence: [
      `the stop took ${formatDuration(stop.tookMs)}, ended by ${stop.signal ?? (stop.exitCode === null ? "itself" : `exit code ${stop.exitCode}`)}`,
    ],
    next: `Handle ${spec.signal}: stop listening, close what is open, clear the timers, then exit.`,
    left: [],
  };
}

function unkillable({ unkillable }: StopLine): Leak {
  return {
    criterion: "processes",
    resource: "processes that SIGKILL does not end",
    summary: `${counted(unkillable.length, ["process was", "processes were"])} still there after SIGKILL`,
    evidence: unkillable.map(describeIdentity),
    next: "They wait in the kernel (state D) or are not reaped: see /proc/PID/stack, and the mounts that they use.",
    left: [],
  };
}
