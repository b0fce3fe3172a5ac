/** Enough to get from a library's depths back to the code that called it. */
const mostFrames = 32;

/** One frame as it is told to whoever asks. */
export interface TracedFrame {
  readonly name?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The stack of the caller as V8 prints it, without its first line. Printed at once: an unprinted stack holds on to the
 * functions and receivers in it, and would keep alive what the program lets go. The program's own settings of Error
 * are put aside for the moment and put back.
 */
export function captureStack(): string {
  const { stackTraceLimit } = Error;
  const custom = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const holder: { stack?: string } = {};
  try {
    Error.stackTraceLimit = mostFrames;
    if (custom) setAside();
    Error.captureStackTrace(holder, captureStack);
    return afterFirstLine(holder.stack);
  } catch {
    // Error is frozen, or its settings are hidden behind accessors that throw.
    return "";
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (custom) Object.defineProperty(Error, "prepareStackTrace", custom);
  }
}

function setAside(): void {
  Object.defineProperty(Error, "prepareStackTrace", { value: undefined, configurable: true, writable: true });
}

function afterFirstLine(stack: unknown): string {
  if (typeof stack !== "string") return "";
  const end = stack.indexOf("\n");
  return end === -1 ? "" : stack.slice(end + 1);
}

/** `at name (file:line:column)`, `at file:line:column`, `at async name (…)`; what has no position is no frame. */
const frame = /^\s*at (?:async )?(?:(?<name>.*?) \()?(?<file>[^()]*|.*?):(?<line>\d+):(?<column>\d+)\)?$/;

/** The frames of a printed stack, without those of Node itself and of the files below `hidden`. */
export function readStack(stack: string, hidden: string): TracedFrame[] {
  return stack.split("\n").flatMap((line) => {
    const { name, file = "", line: row, column } = frame.exec(line)?.groups ?? {};
    if (file === "" || file.startsWith("node:") || file.startsWith(hidden)) return [];
    return [{ ...(name ? { name } : {}), file, line: Number(row), column: Number(column) }];
  });
}
