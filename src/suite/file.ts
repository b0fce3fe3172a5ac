import type { CriterionId } from "../model/verdict.js";
import type { FileCommand } from "../scenario/file.js";

export interface FileSuiteTarget {
  readonly command?: FileCommand | undefined;
  readonly cwd?: string | undefined;
  readonly commit?: string | undefined;
}

export interface FilePair {
  readonly target?: string | undefined;
  readonly scenario?: string | undefined;
}

export interface FileQuarantine extends FilePair {
  readonly criteria?: readonly CriterionId[] | undefined;
  readonly reason: string;
  readonly until: string;
}

export interface FileWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly within: string;
  readonly retries: number;
}

/** A suite file as it is written, simple defaults filled in. */
export interface SuiteFile {
  readonly name?: string | undefined;
  readonly targets: Readonly<Record<string, FileSuiteTarget>>;
  readonly scenarios: readonly string[];
  readonly exclude: readonly FilePair[];
  readonly quick: boolean;
  readonly budget?: string | undefined;
  readonly repeats: number;
  readonly quarantine: readonly FileQuarantine[];
  readonly webhook?: FileWebhook | undefined;
  readonly keep?: number | undefined;
}
