import { type ChildProcess, spawn } from "node:child_process";
import { formatBytes } from "../model/units.js";

const mostOutputBytes = 64 * 1024;
const stderrTailBytes = 1024;
/** The last of the output may come after the exit; somebody outside of the group may hold the pipe for ever. */
const outputWithinMs = 200;

export interface Running {
  /** Its pid, once it runs: to be told to whoever ends it should the tool be killed. */
  readonly onStart: (pid: number) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * What a program prints until it ends. It leads a process group of its own, and nobody of that group outlives
 * the call. Rejects with what went wrong, in the program's own last words where it had any.
 */
export async function outputOf(words: readonly string[], { onStart, signal }: Running): Promise<string> {
  const [file = "", ...args] = words;
  const child = spawn(file, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const kill = (): void => killGroup(child);
  const output = collect(child);
  try {
    signal.addEventListener("abort", kill, { once: true });
    if (child.pid !== undefined) onStart(child.pid);
    if (signal.aborted) kill();
    const failure = await endOf(child);
    if (output.isTooLong()) throw new Error(`it printed more than ${formatBytes(mostOutputBytes)}`);
    if (failure !== undefined) throw new Error([failure, ...output.lastWords()].join(": "));
    return output.text();
  } finally {
    signal.removeEventListener("abort", kill);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

interface Output {
  text(): string;
  isTooLong(): boolean;
  /** The last line of stderr, if there is one. */
  lastWords(): readonly string[];
}

function collect(child: ReturnType<typeof spawn>): Output {
  const parts: Buffer[] = [];
  let size = 0;
  let errors = Buffer.alloc(0);
  child.stdout?.on("data", (part: Buffer) => {
    size += part.length;
    if (size <= mostOutputBytes) parts.push(part);
    else killGroup(child);
  });
  child.stderr?.on("data", (part: Buffer) => {
    errors = Buffer.concat([errors, part]).subarray(-stderrTailBytes);
  });
  return {
    text: () => Buffer.concat(parts).toString("utf8"),
    isTooLong: () => size > mostOutputBytes,
    lastWords: () => errors.toString("utf8").split("\n").map(printable).filter(Boolean).slice(-1),
  };
}

/** @returns why it ended badly; undefined when it ended well */
function endOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      resolve(`cannot be run: ${error.code ?? error.message}`),
    );
    child.once("exit", (code, signal) => {
      // At once: later the number of the group could belong to somebody else.
      killGroup(child);
      const failure = signal === null ? `exit code ${code}` : `ended by ${signal}`;
      const told = (): void => resolve(code === 0 ? undefined : failure);
      const timer = setTimeout(told, outputWithinMs);
      child.once("close", () => {
        clearTimeout(timer);
        told();
      });
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // ESRCH: nobody of the group is left.
  }
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, " ").trim();
}
