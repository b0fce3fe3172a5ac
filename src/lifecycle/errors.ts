/** A process that could not be ended, as /proc shows it. */
export interface LeftProcess {
  readonly pid: number;
  /** One letter of /proc/PID/stat, e.g. `D` for one that waits for a disk; `?` where it cannot be read. */
  readonly state: string;
  readonly command: string;
}

/** There are as many processes as may be, or no more may be started at all. */
export class ProcessLimitError extends Error {
  override readonly name = "ProcessLimitError";

  constructor(command: string, reason: string) {
    super(`refusing to start ${command}: ${reason}`);
  }
}

/** The program could not be started; nothing was left behind. */
export class SpawnError extends Error {
  override readonly name = "SpawnError";
  /** `ENOENT`, `EACCES`, …; undefined where the system did not say. */
  readonly code: string | undefined;

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = codeOf(cause);
  }
}

/** Something is left of a process group although SIGKILL was sent. */
export class NotTerminatedError extends Error {
  override readonly name = "NotTerminatedError";
  readonly left: readonly LeftProcess[];

  constructor(command: string, left: readonly LeftProcess[]) {
    const list = left.map(({ pid, state, command }) => `pid ${pid} (state ${state}): ${command}`);
    super(`not terminated: ${command}; left: ${list.join("; ")}`);
    this.left = left;
  }
}

/** The errno code of anything thrown. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
