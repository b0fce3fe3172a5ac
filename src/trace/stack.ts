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
 * The calls that lead to the caller, innermost first. Not to be kept: they hold on to the functions and receivers, and
 * would keep alive what the program lets go. The program's own settings of Error are put aside for the moment and put
 * back.
 */
export function captureCalls(): readonly NodeJS.CallSite[] {
  const { stackTraceLimit } = Error;
  const custom = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  captured = [];
  try {
    Error.stackTraceLimit = mostFrames;
    if (custom) Object.defineProperty(Error, "prepareStackTrace", ours);
    else Error.prepareStackTrace = keepCalls;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, captureCalls);
    // Reading it is what has it prepared.
    void holder.stack;
  } catch {
    // Error is frozen, or its settings are hidden behind accessors that throw.
  } finally {
    Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
    if (custom) Object.defineProperty(Error, "prepareStackTrace", custom);
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  }
  const calls = captured;
  captured = [];
  return calls;
}

let captured: readonly NodeJS.CallSite[] = [];

function keepCalls(_: Error, calls: readonly NodeJS.CallSite[]): void {
  captured = calls;
}

const ours = { value: keepCalls, configurable: true, writable: true };

/** The same for the same calls: positions in their files, and one name, since all of them would take twice as long. */
export function keyOf(calls: readonly NodeJS.CallSite[]): string {
  let key = calls[0]?.getFileName() ?? "";
  for (const call of calls) key += ` ${call.getPosition()}`;
  return key;
}

/** The frames of the calls, without those of Node itself and of the files below `hidden`. */
export function framesOf(calls: readonly NodeJS.CallSite[], hidden: string): TracedFrame[] {
  return calls.flatMap((call) => {
    const [file, line, column] = [call.getFileName(), call.getLineNumber(), call.getColumnNumber()];
    const seen = file && !file.startsWith("node:") && !file.startsWith(hidden);
    if (!seen || line === null || column === null) return [];
    const name = call.getFunctionName();
    return [{ ...(name ? { name } : {}), file, line, column }];
  });
}
