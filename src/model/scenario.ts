import type { Engine } from "./engine.js";
import type { Step } from "./step.js";
import type { CriterionId } from "./verdict.js";

export type { Capture, Captures, DropWay, Framing, Match, Step } from "./step.js";

/** A scenario file after validation: every default filled in, every unit a number. */
export interface Scenario {
  /** The name of the file without its ending, or `name:` in it. */
  readonly name: string;
  readonly about: string;
  /** Where it was read from. */
  readonly path: string;
  readonly target: TargetSpec;
  readonly flows: readonly Flow[];
  readonly load: Load;
  readonly settle: Settle;
  readonly drainMs: number;
  readonly stop: StopSpec;
  readonly production: Production;
  readonly criteria: Readonly<Record<CriterionId, CriterionRule>>;
  readonly probes: Probes;
  /** What may be left, and why. Absent = nothing but the built-in ones. */
  readonly allow?: readonly Allowance[] | undefined;
}

/** Something that may be left over. */
export interface Allowance {
  /** What the pattern is held against: an fd's target, a command line, a socket's peer, a frame of a stack. */
  readonly kind: "fd" | "command" | "peer" | "stack";
  /** A regular expression. */
  readonly pattern: string;
  readonly reason: string;
  /** At most so many; absent = any number. */
  readonly count?: number | undefined;
  /** The last day on which it holds, YYYY-MM-DD (UTC). */
  readonly until?: string | undefined;
}

export interface TargetSpec {
  /**
   * The words of the command; placeholders `{gateway}` (first word only, becomes the reference
   * gateway's own command), `{idle}` (the only word, becomes a program that does nothing), `{port}`, `{goose}` (the
   * stand-in's path), `{socket}` (a path for a Unix socket, in a folder of the run's own), `{dir}` (a folder of a few
   * hundred files, to be read).
   */
  readonly command: readonly string[];
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly ready: Ready;
  readonly limits: Limits;
  /** For `wss:` and `https:`: the file of a certificate to trust, or any certificate at all. Absent = those of the system. */
  readonly tls?: { readonly ca: string } | { readonly verify: false } | undefined;
  /** What the paths of `connect`, `http` and `events` are relative to, e.g. `ws://127.0.0.1:{port}`: ws, wss, http or https. */
  readonly url: string;
}

/** Exactly one way of knowing that the target is ready, and how long to wait for it. */
export interface Ready {
  readonly how:
    | { readonly kind: "port" }
    /** The path of a Unix socket that accepts a connection. */
    | { readonly kind: "socket"; readonly path: string }
    | { readonly kind: "url"; readonly url: string }
    | { readonly kind: "log"; readonly pattern: string }
    | { readonly kind: "command"; readonly command: readonly string[] };
  readonly withinMs: number;
}

/** Limits that the target runs under; undefined = as inherited. */
export interface Limits {
  readonly fds: number | undefined;
  readonly processes: number | undefined;
  readonly memoryBytes: number | undefined;
}

export interface Flow {
  readonly name: string;
  /** Its share in the mix, relative to the other flows. */
  readonly weight: number;
  readonly steps: readonly Step[];
  /** Where it is one variant of a flow of the file: that flow's name, and the level of each factor. */
  readonly variant?: { readonly of: string; readonly levels: Readonly<Record<string, string>> } | undefined;
}

/** Fewer points than this show no trend: neither a scenario nor a record may have fewer. */
export const fewestBatches = 6;

export interface Load {
  /** Measured operations (warm-up not counted); undefined when a duration rules. */
  readonly operations: number | undefined;
  readonly durationMs: number | undefined;
  /** How far a run may go on by itself while something is inconclusive; absent = as far as planned and no further. */
  readonly maxOperations?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  /** Operations between two quiescent points. */
  readonly batch: number;
  readonly concurrency: number;
  /** Sessions are started evenly over this time at the start of the first batch. */
  readonly rampMs: number;
  /** Operations before the baseline. */
  readonly warmup: number;
  /** Share (0–1) of failed operations past which the run is broke. */
  readonly maxFailed: number;
  /** Somebody else's load generator drives; absent = the flows do. */
  readonly engine?: Engine | undefined;
}

export interface Settle {
  /** Quiet = nothing changed for this long. */
  readonly quietMs: number;
  /** Give up waiting for quiet after this long. */
  readonly withinMs: number;
}

export interface StopSpec {
  readonly signal: "SIGTERM" | "SIGINT" | "SIGHUP" | "SIGQUIT";
  /** The target must be gone within this; then it is killed, and `processes` fails. */
  readonly withinMs: number;
  /** Sessions of this flow held open, at its last step, while the stop signal arrives. */
  readonly whileOpen: { readonly flow: string; readonly sessions: number } | undefined;
}

export interface Production {
  readonly sessionsPerHour: number;
}

export type CriterionRule =
  | { readonly dropped: true; readonly why: string }
  | {
      readonly dropped: false;
      /** fds: share (0–1) of the soft limit. memory: unused. */
      readonly peakShare: number | undefined;
      /** memory: growth over 24 h that is still stable, in bytes; undefined = the larger of 10% and 64 MiB. */
      readonly budgetBytes: number | undefined;
      /** Survivors that are tolerated, e.g. a pool known to fill. */
      readonly allow: number;
      /** A pass must be able to see this rate: units (memory: bytes) left per operation. Absent: any power will do. */
      readonly detectPerOperation?: number | undefined;
      /** The flows must use the resource: a run in which it never moved has tested nothing. */
      readonly used?: boolean | undefined;
    };

export interface Probes {
  /** Look inside Node targets through the inspector: `auto` = when the listener is a Node process. */
  readonly node: "auto" | "off";
  /** Path of a Prometheus endpoint on the target, e.g. `/metrics`. */
  readonly prometheus: string | undefined;
  /** Names of metrics in place of the well-known ones. */
  readonly metrics?: Readonly<Partial<Record<"tasks" | "fds" | "liveBytes", string>>> | undefined;
  /** Go's pprof: `auto` = where a Go listener serves it; else a path on the target's port, or a URL. Absent = `auto`. */
  readonly go?: string | undefined;
  /** Threads by name, for a runtime that nothing else looks into. Absent = `auto`. */
  readonly threads?: "auto" | "off" | undefined;
  /** Programs that print `name value` lines or a JSON object of numbers. */
  readonly commands?: readonly CommandProbe[] | undefined;
}

export interface CommandProbe {
  readonly name: string;
  /** Placeholders: `{pid}` of the listener, `{port}`. */
  readonly command: readonly string[];
  readonly withinMs: number;
}
