import { type ChildProcess, spawn } from "node:child_process";
import { inert } from "./failure.js";

/** Bytes of the output that are kept, from its end. */
const tailBytes = 1024;
/** Of a stdout that is looked into: so many bytes from its beginning. */
const keptBytes = 1024 ** 2;
/** A killed process that is not gone by then is stuck in the kernel; waiting longer would not help. */
const killedWithinMs = 2000;
/** How long to wait for the end of the output after the end of the program. */
const outputWithinMs = 200;

export interface ProgramOptions {
  readonly command: readonly string[];
  /** The folder that it starts in; undefined = that of the tool. */
  readonly cwd: string | undefined;
  /** Called when it has started, failed to, or ended. */
  readonly changed: () => void;
  /** Whether what it writes to stdout is looked into. */
  readonly keep: boolean;
}

/** A client program that leads a process group of its own, so that whatever it starts ends with it. */
export class Program {
  /** Why it could not be started, e.g. `ENOENT`. */
  error: string | undefined;
  /** How it ended: `exit 3`, `SIGKILL`. */
  ended: string | undefined;
  started = false;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #tail: Buffer = Buffer.alloc(0);

  constructor({ command, cwd, changed, keep }: ProgramOptions) {
    const [file = "", ...args] = command;
    const where = cwd === undefined ? {} : { cwd };
    this.#child = spawn(file, args, { ...where, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const glance = (chunk: Buffer): void => {
      this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-tailBytes);
    };
    this.#child.stdout?.on("data", glance);
    this.#child.stderr?.on("data", glance);
    if (keep) this.#child.stdout?.on("data", (chunk: Buffer) => this.#keep(chunk));
    this.#gone = new Promise((resolve) => this.#listen(changed, resolve));
  }

  #listen(changed: () => void, gone: () => void): void {
    this.#child.once("spawn", () => {
      this.started = true;
      changed();
    });
    this.#child.on("error", (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? error.message;
      if (!this.started) gone();
      changed();
    });
    this.#child.once("exit", (code, signal) => {
      // At once: later the number of the group could belong to someone else.
      this.#killGroup();
      this.ended = signal ?? `exit ${code}`;
      gone();
      // The last of the output is still on its way, unless someone outside the group holds it open.
      const timer = setTimeout(changed, outputWithinMs);
      this.#child.once("close", () => {
        clearTimeout(timer);
        changed();
      });
    });
  }

  /** The beginning of what it wrote to stdout, where that is kept. */
  get stdout(): string {
    return Buffer.concat(this.#kept).toString();
  }

  #keep(chunk: Buffer): void {
    const room = keptBytes - this.#keptBytes;
    if (room <= 0) return;
    this.#kept.push(chunk.subarray(0, room));
    this.#keptBytes += Math.min(room, chunk.length);
  }

  /** The end of what it printed, for a reason. */
  get tail(): string {
    const text = this.#tail.toString().trim();
    return text === "" ? "it printed nothing" : `it printed ${inert(text.slice(-100))}`;
  }

  /** Kills the group and waits until its leader is gone. */
  async destroy(): Promise<void> {
    if (this.ended === undefined) this.#killGroup();
    await this.#goneOrStuck();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  async #goneOrStuck(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, killedWithinMs);
    });
    await Promise.race([this.#gone, stuck]);
    clearTimeout(timer);
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // ESRCH: nobody of the group is left.
    }
  }
}
