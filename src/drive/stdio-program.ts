import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { DropWay, Framing } from "../model/scenario.js";
import type { Connection } from "./connection.js";
import { StepFailure, inert } from "./failure.js";
import type { Intake } from "./intake.js";
import { asSent, tooLong } from "./raw-socket.js";

/** Bytes of stderr that are kept, from its end. */
const tailBytes = 1024;
/** How long to wait for the end of the output after the end of the program. */
const outputWithinMs = 200;
/** A program whose stdin is closed at the end of its session has so long to end by itself. */
const endWithinMs = 1000;
/** A killed process that is not gone by then is stuck in the kernel; waiting longer would not help. */
const killedWithinMs = 2000;

/** What programs of the target's are started with. */
export interface ProgramPlace {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string | undefined;
}

export interface StdioOptions {
  readonly command: readonly string[];
  readonly place: ProgramPlace;
  readonly framing: Framing;
  readonly intake: Intake;
  readonly changed: () => void;
}

/** A program of the target's, spoken to by its stdin and stdout. What it starts is the target's, and left alone. */
export class StdioProgram implements Connection {
  readonly watch: Intake["watch"];
  readonly unanswered = "the program did not end";
  /** A program sees the end of its client: it has none that vanishes. */
  readonly outlives = false;
  readonly gone: Promise<void>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #isOfLines: boolean;
  #state: "starting" | "open" | "closed" = "starting";
  #exited = false;
  #why: string | undefined;
  #tail: Buffer = Buffer.alloc(0);

  constructor({ command, place, framing, intake, changed }: StdioOptions) {
    this.watch = intake.watch;
    this.#isOfLines = framing === "line";
    const [file = "", ...args] = command;
    const cwd = place.cwd === undefined ? {} : { cwd: place.cwd };
    // In a session of its own, so that a terminal's Ctrl-C does not reach it.
    this.#child = spawn(file, args, {
      ...cwd,
      env: place.env,
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#read(intake, changed);
    this.gone = new Promise((resolve) => this.#listen(file, changed, resolve));
  }

  #read(intake: Intake, changed: () => void): void {
    const { stdin, stdout, stderr } = this.#child;
    stdout.on("data", (chunk: Buffer) => {
      if (intake.push(chunk)) changed();
      if (!intake.isTooLong) return;
      this.#why = tooLong;
      this.#kill();
    });
    stderr.on("data", (chunk: Buffer) => {
      this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-tailBytes);
    });
    // A program may end, or close a stream, whenever it likes: its exit tells.
    for (const stream of [stdin, stdout, stderr]) stream.on("error", () => undefined);
  }

  #listen(file: string, changed: () => void, gone: () => void): void {
    const closed = (): void => {
      this.#state = "closed";
      changed();
    };
    this.#child.once("spawn", () => {
      this.#state = "open";
      changed();
    });
    this.#child.on("error", (error: NodeJS.ErrnoException) => {
      if (this.#state !== "starting") return;
      this.#why = `cannot start ${inert(file)}: ${error.code ?? error.message}`;
      this.#exited = true;
      gone();
      closed();
    });
    this.#child.once("exit", (code, signal) => {
      this.#exited = true;
      this.#why ??= `the program ended with ${signal ?? `exit ${code}`}`;
      gone();
      // The last of the output is still on its way, unless a child of the program's holds it open.
      const timer = setTimeout(closed, outputWithinMs);
      this.#child.once("close", () => {
        clearTimeout(timer);
        closed();
      });
    });
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  get isClosed(): boolean {
    return this.#state === "closed";
  }

  get ending(): StepFailure {
    const text = this.#tail.toString().trim();
    const said =
      text === "" ? "it wrote nothing to stderr" : `its stderr ended with ${inert(text.slice(-100))}`;
    return new StepFailure(this.#why ?? "the program has ended", said);
  }

  send(data: string | Buffer): void {
    this.#child.stdin.write(asSent(data, this.#isOfLines));
  }

  /** Closes its stdin, at which it is to end. */
  close(): void {
    this.#child.stdin.end();
  }

  leave(how: DropWay): void {
    if (how === "reset") this.#kill();
    else if (how === "stall") this.#child.stdout.removeAllListeners("data").pause();
    else this.#child.stdin.end();
    if (how === "fin") this.#child.stdout.removeAllListeners("data").resume();
  }

  onBytes(listener: () => void): () => void {
    this.#child.stdout.on("data", listener);
    return () => void this.#child.stdout.off("data", listener);
  }

  /** Closes its stdin, and kills it where that does not end it. */
  async destroy(): Promise<void> {
    const { stdin, stdout, stderr } = this.#child;
    stdin.destroy();
    stdout.resume();
    if (!(await this.#endsWithin(endWithinMs))) {
      this.#kill();
      await this.#endsWithin(killedWithinMs);
    }
    stdout.destroy();
    stderr.destroy();
  }

  async #endsWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.gone, late]);
    clearTimeout(timer);
    return this.#exited;
  }

  /** It alone. */
  #kill(): void {
    this.#child.kill("SIGKILL");
  }
}
