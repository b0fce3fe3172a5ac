import type { EngineName } from "../model/engine.js";
import type { FileCommand, FileStep } from "./file-step.js";

export type { FileCommand, FileStep } from "./file-step.js";

export type FileReady =
  | { readonly port?: true | undefined; readonly within: string }
  | { readonly socket: string; readonly within: string }
  | { readonly url: string; readonly within: string }
  | { readonly log: string; readonly within: string }
  | { readonly command: FileCommand; readonly within: string };

export interface FileTarget {
  readonly command: FileCommand;
  readonly ready?: FileReady | undefined;
  readonly limits: {
    readonly fds?: number | undefined;
    readonly processes?: number | undefined;
    readonly memory?: string | undefined;
  };
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string | undefined;
  readonly url: string;
  readonly tls?: { readonly ca: string } | { readonly verify: false } | undefined;
}

/** A step of a flow: one of its own, or those of the level that is chosen of a factor. */
export type FileFlowStep = FileStep | { readonly variant: string };

export interface FileFlow {
  readonly weight: number;
  /** Factors, their levels, and the steps of each. */
  readonly variants?: Readonly<Record<string, Readonly<Record<string, readonly FileStep[]>>>> | undefined;
  readonly steps: readonly FileFlowStep[];
}

/** A counter on a Prometheus page. */
export interface FileMetric {
  readonly url: string;
  readonly name: string;
}

export type FileCount = { readonly output: string } | { readonly metric: FileMetric };

export interface FileExternal {
  readonly metric?: FileMetric | undefined;
  readonly every: string;
}

/** Somebody else's load generator: one that is started, or one that runs elsewhere. */
export interface FileEngine {
  readonly command?: FileCommand | undefined;
  readonly engine?: EngineName | undefined;
  readonly count?: FileCount | undefined;
  readonly within?: string | undefined;
  readonly external?: true | FileExternal | undefined;
}

export interface FileLoad extends FileEngine {
  readonly operations?: number | undefined;
  readonly duration?: string | undefined;
  readonly maxOperations?: number | undefined;
  readonly maxDuration?: string | undefined;
  readonly batch?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly ramp?: string | undefined;
  readonly warmup?: number | undefined;
  readonly maxFailed?: string | undefined;
}

export interface FileSettle {
  readonly quiet?: string | undefined;
  readonly within?: string | undefined;
}

export interface FileQuick extends FileLoad {
  readonly settle?: FileSettle | undefined;
  readonly drain?: string | undefined;
  readonly detect?: string | undefined;
}

export interface FileStop {
  readonly signal: "SIGTERM" | "SIGINT" | "SIGHUP" | "SIGQUIT";
  readonly within: string;
  readonly whileOpen?: { readonly flow: string; readonly sessions: number } | undefined;
}

interface FileDropped {
  readonly drop: string;
}

interface FileJudged {
  readonly detect?: string | undefined;
}

interface FileZombies extends FileJudged {
  readonly allow: number;
}

interface FileCounted extends FileZombies {
  readonly used?: true | undefined;
}

interface FileFds extends FileCounted {
  readonly peakShare: string;
}

interface FileMemory extends FileJudged {
  readonly budget?: string | undefined;
}

export interface FileCriteria {
  readonly tasks?: FileDropped | FileCounted | undefined;
  readonly processes?: FileDropped | FileCounted | undefined;
  readonly fds?: FileDropped | FileFds | undefined;
  readonly memory?: FileDropped | FileMemory | undefined;
  readonly zombies?: FileDropped | FileZombies | undefined;
  readonly ptys?: FileDropped | FileCounted | undefined;
}

/** The path of a page, or the page with the names of metrics that are not well-known. */
export type FilePrometheus =
  | string
  | {
      readonly path: string;
      readonly tasks?: string | undefined;
      readonly fds?: string | undefined;
      readonly memory?: string | undefined;
    };

export type FileCommandProbe = FileCommand | { readonly command: FileCommand; readonly within: string };

export interface FileProbes {
  readonly node: "auto" | "off";
  readonly prometheus?: FilePrometheus | undefined;
  readonly go: string;
  readonly threads: "auto" | "off";
  readonly commands?: Readonly<Record<string, FileCommandProbe>> | undefined;
}

/** Exactly one of the patterns is there. */
export interface FileAllowance {
  readonly fd?: string | undefined;
  readonly command?: string | undefined;
  readonly peer?: string | undefined;
  readonly stack?: string | undefined;
  readonly reason: string;
  readonly count?: number | undefined;
  readonly until?: string | undefined;
}

/** A scenario file as it is written: units as text, shorthands as they stand, simple defaults filled in. */
export interface ScenarioFile {
  readonly name?: string | undefined;
  readonly about: string;
  readonly target: FileTarget;
  readonly flows: Readonly<Record<string, FileFlow>>;
  readonly load: FileLoad;
  readonly quick?: FileQuick | undefined;
  readonly settle: FileSettle;
  readonly drain?: string | undefined;
  readonly stop: FileStop;
  readonly production: { readonly sessionsPerHour: number };
  readonly criteria: FileCriteria;
  readonly detect?: string | undefined;
  readonly probes: FileProbes;
  readonly allow?: readonly FileAllowance[] | undefined;
}
