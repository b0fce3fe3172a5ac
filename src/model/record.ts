import type { Operation } from "./operation.js";
import type { Gap } from "./reading.js";
import type { ProcessEntry, ProcessIdentity } from "./resource.js";
import type { Scenario } from "./scenario.js";
import type { Phase, Snapshot } from "./snapshot.js";

/** Version of the record format; a reader refuses a newer one. */
export const recordVersion = 2;

/** One line of a record: NDJSON, appended and flushed as the run goes. */
export type RecordLine =
  | RunLine
  | StartedLine
  | { readonly type: "phase"; readonly phase: Phase; readonly batch: number; readonly atMs: number }
  | ({ readonly type: "operation" } & Operation)
  | ({ readonly type: "snapshot" } & Snapshot)
  | TickLine
  | LookLine
  | LoadLine
  | { readonly type: "note"; readonly atMs: number; readonly text: string }
  | PauseLine
  | ({ readonly type: "aside" } & Snapshot)
  | StopLine
  | EndLine;

/** The first line. */
export interface RunLine {
  readonly type: "run";
  /** Of the format. */
  readonly version: number;
  /** Name and version of the tool that recorded. */
  readonly tool: string;
  readonly startedAtMs: number;
  /** With every default filled in and every unit a number. */
  readonly scenario: Scenario;
  /** In its small size. */
  readonly quick: boolean;
  /** The leak that was put into the reference gateway on purpose. */
  readonly plant: string | undefined;
  /** The words that the target was started with. */
  readonly command: readonly string[];
  /** The folder that the target was started in; absent in older records. */
  readonly cwd?: string | undefined;
  /** Of the mix of flows and the session ids. */
  readonly seed?: number | undefined;
  /** It is a second pass: where things are made was noted. */
  readonly traced?: boolean | undefined;
  /** The target ran already, found as `pid:12` or `port:80`: it was neither started nor signalled nor stopped. */
  readonly attached?: string | undefined;
  /** Nobody paced the load: the looks were taken in the midst of it. What `operations` of the snapshots then counts. */
  readonly watched?: { readonly unit: "seconds" | "operations" } | undefined;
  /** The machine and its ceilings. */
  readonly system: SystemFacts;
}

/** The ceilings of this very system; undefined = could not be read. */
export interface SystemFacts {
  /** Its release. */
  readonly kernel: string;
  /** Of the tool. */
  readonly node: string;
  /** Cores. */
  readonly cpus: number;
  /** RAM. */
  readonly memoryBytes: number;
  readonly pidMax: number | undefined;
  readonly ptyMax: number | undefined;
  /** Of the cgroup that the target runs in; absent = no limit, or not readable. */
  readonly cgroupPidsMax?: number | undefined;
  readonly cgroupMemoryMax?: number | undefined;
  /** When the machine started, by its clock: start ticks of a process count from there. */
  readonly bootMs?: number | undefined;
}

/** The target is ready and the probes are attached. */
export interface StartedLine {
  readonly type: "started";
  readonly atMs: number;
  /** Of the process that leads the target. */
  readonly pid: number;
  /** From the launch until it was ready. */
  readonly tookMs: number;
  /** How descendants are followed: `cgroup` or `marker`. */
  readonly follow: string;
  /** Names of the probes that look inside. */
  readonly probes: readonly string[];
  /** What each probe says that a look costs the target, by its name. */
  readonly costs?: Readonly<Record<string, string>> | undefined;
}

/** A live look, once a second during the load. */
export interface TickLine {
  readonly type: "tick";
  readonly atMs: number;
  /** Ended since the baseline. */
  readonly operations: number;
  /** Of the tree. */
  readonly processes: number;
  readonly fds: number | undefined;
  /** Highest fd count of any one process, and that process's soft limit. */
  readonly fdsOfLargest: number | undefined;
  /** Most PTYs held at any of the quick looks since the last tick. Absent in records of version 1. */
  readonly ptys?: number | undefined;
  /** Milliseconds of a clock that no one sets (CLOCK_MONOTONIC): beside `atMs` it shows a jump of the clock. */
  readonly monotonicMs?: number | undefined;
  readonly cpuPercent: number | undefined;
  readonly rssBytes: number | undefined;
  /** The tool's own cost. */
  readonly ownRssBytes: number;
  readonly ownCpuMs: number;
}

/** The run was judged while it went, to see whether to stop or to go on. Each look spends some of the chance to be wrong. */
export interface LookLine {
  readonly type: "look";
  /** 1, 2, 3 … by a schedule that does not depend on the data. */
  readonly look: number;
  /** The last one before it. */
  readonly batch: number;
  /** Ended since the baseline. */
  readonly operations: number;
  readonly atMs: number;
  /** Every criterion had its verdict. */
  readonly decided: boolean;
  /** What the run went on for, in a few words; undefined when it did not. */
  readonly waitsFor?: string | undefined;
}

/** What a foreign load generator did in one batch or slot. */
export interface LoadLine {
  readonly type: "load";
  readonly atMs: number;
  /** 0 for the warm-up. */
  readonly batch: number;
  /** Operations, by its own word or by the metric. */
  readonly landed: number;
  readonly failed: number;
  /** Who says so, in a few words: `k6`, `its output`, `metric http_requests_total`. */
  readonly source: string;
  /** Connections that were accepted meanwhile in the target's network namespace (TcpPassiveOpens of /proc/PID/net/snmp). */
  readonly connections?: number | undefined;
}

/** Somebody held the load back for a while: no operation began, while the target went on. Written when it is over. */
export interface PauseLine {
  readonly type: "pause";
  /** When it began. */
  readonly atMs: number;
  readonly forMs: number;
  readonly operations: number;
  /** The tool itself stood still, and looked at nothing. */
  readonly suspended: boolean;
}

/** How the target ended. */
export interface StopLine {
  readonly type: "stop";
  readonly atMs: number;
  /** From the stop signal until nothing was left. */
  readonly tookMs: number;
  /** It ended by itself, within the time that the scenario gives. */
  readonly graceful: boolean;
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  /** Null where it exited. */
  readonly signal: string | null;
  /** Alive after the stop signal and its grace, before they were killed. */
  readonly survivors: readonly ProcessEntry[];
  /** Still there after the kill; should be empty. */
  readonly unkillable: readonly ProcessIdentity[];
  readonly gaps: readonly Gap[];
}

/** The last line of a run that came to an end. */
export interface EndLine {
  readonly type: "end";
  readonly atMs: number;
  /**
   * `broke`: the target did not start, or died. `stalled`: the load ended early, since it did not land
   * or a limit was passed; what was measured until then can still show a leak.
   */
  readonly outcome: "complete" | "interrupted" | "broke" | "stalled";
  /** For broke and stalled: why; the target's last lines. */
  readonly reason: string | undefined;
  readonly logTail: readonly string[];
}

/** A record as read back. Truncated = its last line was not whole, or no end line was there. */
export interface RunRecord {
  readonly run: RunLine;
  readonly started: StartedLine | undefined;
  readonly operations: readonly Operation[];
  readonly snapshots: readonly Snapshot[];
  readonly ticks: readonly TickLine[];
  readonly looks: readonly LookLine[];
  /** Of a foreign load generator; empty where the flows drove. */
  readonly loads: readonly LoadLine[];
  readonly notes: readonly string[];
  /** Absent = there was none. */
  readonly pauses?: readonly PauseLine[] | undefined;
  /** Looks that somebody asked for while it ran: wherever the run was, so that nothing is judged by them. */
  readonly asides?: readonly Snapshot[] | undefined;
  readonly stop: StopLine | undefined;
  readonly end: EndLine | undefined;
  readonly truncated: boolean;
}
