/** What a process exits with; see README "Exit codes". */
export const exitCodes = {
  pass: 0,
  fail: 1,
  usage: 2,
  inconclusive: 3,
  broke: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The three sentences that every error message of the tool is made of. */
export interface ProblemText {
  /** What happened: one line, no full stop. */
  readonly what: string;
  /** Why it happened, as far as is known. */
  readonly why?: string | undefined;
  /** How to fix it: something the reader can do or type. */
  readonly fix?: string | undefined;
}

/** An error that the user can act on. Anything else that is thrown is a bug. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly why: string | undefined;
  readonly fix: string | undefined;
  readonly exitCode: ExitCode;

  constructor(text: ProblemText, exitCode: ExitCode, cause?: unknown) {
    super(text.what, cause === undefined ? undefined : { cause });
    this.why = text.why;
    this.fix = text.fix;
    this.exitCode = exitCode;
  }
}

/** Wrong words on the command line, or a wrong scenario file: exit 2. */
export function usageProblem(text: ProblemText, cause?: unknown): Problem {
  return new Problem(text, exitCodes.usage, cause);
}

/** The target or the environment broke: exit 4. */
export function brokeProblem(text: ProblemText, cause?: unknown): Problem {
  return new Problem(text, exitCodes.broke, cause);
}

/** The message of anything thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a command exits with that ends in this error. */
export function exitCodeOfError(error: unknown): ExitCode {
  return error instanceof Problem ? error.exitCode : exitCodes.broke;
}
