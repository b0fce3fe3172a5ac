import type { Progress } from "./progress.js";
import type { LookLine, RunRecord } from "./record.js";
import type { Proof } from "./selftest.js";
import type { Series } from "./series.js";
import type { Phase } from "./snapshot.js";
import type { CriterionId, ScenarioResult } from "./verdict.js";

/** One run, judged, with everything that a reporter may show of it. */
export interface ReportedRun {
  readonly result: ScenarioResult;
  readonly record: RunRecord;
  /** What was held, as the curve behind each criterion; absent = its baseline could not be read. */
  readonly series: Readonly<Partial<Record<CriterionId, Series>>>;
  /** The folder of its record and logs, as the user would type it. */
  readonly folder: string;
  /** The command that repeats just this. */
  readonly repeat: string;
}

/** What a command came to: one run, or several. */
export interface Report {
  /** Name and version of the tool that reports: `watertight 1.2.3`. */
  readonly tool: string;
  readonly runs: readonly ReportedRun[];
  /** What the process exits with; see README "Exit codes". */
  readonly exitCode: number;
  /** Where the files are, as the user would type it; `*` stands for the scenario where each has a folder of its own. */
  readonly where: string;
  /** Scenarios that an interrupt left out. */
  readonly skipped: readonly string[];
  /** What the instrument was proven to see; undefined = nothing is known of it. */
  readonly proof: Proof | undefined;
}

/** What happens while runs go on, as it happens. Times are milliseconds since the epoch. */
export type RunEvent =
  | { readonly type: "start"; readonly atMs: number; readonly scenario: string }
  | {
      readonly type: "phase";
      readonly atMs: number;
      readonly scenario: string;
      readonly phase: Phase;
      /** 0 where there is no batch. */
      readonly batch: number;
    }
  | ({ readonly type: "progress"; readonly atMs: number } & Progress)
  | ({ readonly scenario: string } & LookLine)
  | {
      readonly type: "verdict";
      readonly atMs: number;
      readonly scenario: string;
      readonly result: ScenarioResult;
    }
  /** The last one, when all other reports are written: what the process exits with. */
  | { readonly type: "end"; readonly atMs: number; readonly exitCode: number };

/** Where a reporter writes, and for whom. */
export interface ReporterContext {
  /** Appends to the reporter's destination: stdout, or its file. */
  readonly write: (text: string) => void;
  /** What stood after `=`: a file or an address; undefined = none was given. */
  readonly destination: string | undefined;
  /** Colour and columns that suit the destination. */
  readonly colour: boolean;
  readonly width: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Tells of runs. Both hooks may be left out; whatever they throw costs this reporter only. */
export interface Reporter {
  /** Called as things happen; must not take long. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Called once, when every run has been judged; given up when it takes longer than 30 s. */
  readonly onEnd?: (report: Report) => void | Promise<void>;
}

/** What the module of a custom reporter exports by default. */
export type ReporterFactory = (context: ReporterContext) => Reporter | Promise<Reporter>;
