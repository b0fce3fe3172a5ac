import type { StopLine } from "../model/record.js";
import type { ProcessIdentity, TreeSample } from "../model/resource.js";
import type { StopSpec } from "../model/scenario.js";
import type { SampleDetail } from "../proc/entry.js";
import type { Glance } from "./glance.js";
import type { TargetLogs } from "./logs.js";
import type { ExitInfo } from "./exit-info.js";
import type { Usage } from "./usage.js";

export type { ExitInfo } from "./exit-info.js";

/** How the target ended; `tookMs` counts from the stop signal to the end of the last member. */
export type StopReport = Omit<StopLine, "type" | "atMs">;

/** The running process tree under test. */
export interface Target extends ProcessIdentity {
  /**
   * How descendants are followed: a cgroup loses none; a marker loses those that scrub their environment unseen; where
   * nothing marks them, those are lost whose parents went, and who opened a session, between two looks.
   */
  readonly follow: "cgroup" | "marker" | "parents";
  readonly logs: TargetLogs;
  /** The end of the process that leads: the command, or what that left in the background. Its children may live on. */
  readonly exited: Promise<ExitInfo>;
  /** Whether the process that leads runs. */
  readonly alive: boolean;
  /** Every descendant that has an entry in /proc now, zombies and re-parented ones included. */
  members(): ProcessIdentity[];
  /** The same after a look into the environment of every process: dearer, for moments of quiet. */
  sweep(): ProcessIdentity[];
  /** All that the members hold. Where fds or memory are asked for, after a sweep. */
  sample(detail: SampleDetail): TreeSample;
  /** A look that is cheap enough for a few times a second. */
  glance(): Glance;
  /** A live look, cheap enough for once a second. */
  usage(): Promise<Usage>;
  /** A sentence once a limit that only the tool enforces was passed at a look of `usage()`. */
  exceeded(): string | undefined;
  /** Tells of a process of the tool's own, not of the target's, that must not outlive the tool. */
  guard(pid: number): void;
  /**
   * Sends the signal to the process that leads, waits until the whole tree is gone, and kills what is not in time.
   * Never rejects; a second call gets the report of the first. A target that was attached to is only let go.
   */
  stop(stop: Pick<StopSpec, "signal" | "withinMs">): Promise<StopReport>;
}
