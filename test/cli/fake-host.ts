import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import type { Host } from "../../src/cli/host.js";

/** A stream that remembers what was written. */
class FakeOutput extends Writable {
  readonly isTTY: boolean;
  columns: number | undefined;
  rows: number | undefined;
  #text = "";

  constructor({ isTTY = false, columns, rows }: Terminal) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
    this.rows = rows;
  }

  get text(): string {
    return this.#text;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#text += chunk.toString();
    done();
  }
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** A terminal to type at, or a pipe that nothing comes from. */
class FakeInput extends EventEmitter {
  readonly isTTY: boolean;
  isRaw = false;
  isReading = false;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }

  resume(): void {
    this.isReading = true;
  }

  pause(): void {
    this.isReading = false;
  }

  unref(): void {}
}

export interface Surroundings extends Terminal {
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly cwd?: string;
  /** stdin is a terminal. */
  readonly keys?: boolean;
}

export interface FakeHost {
  readonly host: Host;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** As if somebody typed it. */
  readonly type: (text: string) => void;
  readonly stdin: Pick<FakeInput, "isRaw" | "isReading">;
  /** As if the terminal was given another size. */
  readonly resize: (size: { readonly columns: number; readonly rows: number }) => void;
  /** Signals that it sent, and to whom. */
  readonly kills: (readonly [number, string])[];
  /** As if the process got it. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** As if something threw where nobody catches. */
  readonly crash: (error: Error) => void;
  /** What it was told to exit with at once. */
  readonly exits: number[];
  /** How many handlers of signals and errors are left. */
  readonly handlers: () => number;
}

/** A process for the commands to run in, without this one's streams and signals. */
export function fakeHost(surroundings: Surroundings = {}): FakeHost {
  const events = new EventEmitter();
  const stdout = new FakeOutput(surroundings);
  const stderr = new FakeOutput(surroundings);
  const stdin = new FakeInput(surroundings.keys === true);
  const exits: number[] = [];
  const kills: (readonly [number, string])[] = [];
  const host = {
    stdin,
    pid: 4711,
    kill: (pid: number, signal: string) => kills.push([pid, signal]),
    stdout,
    stderr,
    // As in CI: no second pass unless it is asked for.
    env: surroundings.env ?? { CI: "true" },
    platform: surroundings.platform ?? process.platform,
    execPath: process.execPath,
    cwd: () => surroundings.cwd ?? process.cwd(),
    on: events.on.bind(events),
    off: events.off.bind(events),
    exit: (code: number) => {
      exits.push(code);
      events.emit("exit", code);
    },
  };
  return {
    // The commands use no more of these than is here.
    host: host as unknown as Host,
    stdout: () => stdout.text,
    stderr: () => stderr.text,
    signal: (name) => void events.emit(name, name),
    type: (text) => void stdin.emit("data", Buffer.from(text)),
    stdin,
    resize: (size) => {
      Object.assign(stderr, size);
      stderr.emit("resize");
    },
    kills,
    crash: (error) => {
      events.emit("uncaughtExceptionMonitor", error);
      events.emit("uncaughtException", error);
    },
    exits,
    handlers: () => events.eventNames().reduce((sum, name) => sum + events.listenerCount(name), 0),
  };
}
