import { readSync } from "node:fs";
import { constants } from "node:os";
import { type IPty, spawn } from "@lydell/node-pty";
import type { Child, ChildCommand, ProcessExit } from "./child.js";
import { SpawnError } from "./errors.js";
import { OutputRelay } from "./output-relay.js";

export interface PtySize {
  readonly cols: number;
  readonly rows: number;
}

export interface PtyCommand extends ChildCommand {
  readonly size: PtySize;
  /** False once the process has exited. */
  readonly isThere: (pid: number) => boolean;
}

/** Not in the declarations of node-pty, although public. */
interface Undeclared {
  /** Closes the master, then sends SIGHUP. */
  destroy(): void;
  on(event: "error" | "end", listener: () => void): void;
  /** The master; not blocking. */
  readonly fd: number;
}

type ClosablePty = IPty & Undeclared;

/**
 * node-pty closes the master 200 ms after the exit even if it is paused and holds unread output, and
 * tells nobody before; while it is paused we therefore look for the exit ourselves, more often.
 */
const exitLookMs = 50;

/** One read of a PTY gives no more. */
const restBytes = 4096;

/** Ctrl-D, the end-of-file character of a terminal (termios(3), VEOF). */
const endOfFile = "\x04";

/** Starts a process in a PTY of its own. @throws SpawnError */
export function startInPty(command: PtyCommand): Child {
  const pty = fork(command);
  const state = { exited: false };
  const relay = relayOf(pty, state, () => command.isThere(pty.pid));
  const exited = new Promise<ProcessExit>((resolve) => {
    // Emitted after the master is closed, so no more output can come.
    pty.onExit(({ exitCode, signal }) => {
      state.exited = true;
      relay.end();
      resolve(signal ? { code: null, signal: nameOf(signal) } : { code: exitCode, signal: null });
    });
  });
  const write = (data: string): boolean => {
    if (!state.exited) pty.write(data);
    return !state.exited;
  };
  return {
    pid: pty.pid,
    output: relay.output,
    errors: undefined,
    exited,
    write: (data) => write(typeof data === "string" ? data : Buffer.from(data).toString("utf8")),
    endInput: () => void write(endOfFile),
    drain: () => relay.drain(),
    close: () => relay.end(),
  };
}

function fork({ file, args, cwd, env, size }: PtyCommand): ClosablePty {
  try {
    const pty = spawn(file, [...args], { ...size, cwd: cwd ?? process.cwd(), env, encoding: null });
    if (!isClosable(pty)) throw new Error("this node-pty cannot close a PTY");
    // node-pty throws what no second listener takes: a write that meets the exit, say.
    pty.on("error", () => {});
    return pty;
  } catch (error) {
    throw new SpawnError(`cannot start ${file} in a PTY: ${String(error)}`, error);
  }
}

function relayOf(pty: ClosablePty, state: { exited: boolean }, isThere: () => boolean): OutputRelay {
  let look: NodeJS.Timeout | undefined;
  const stopLooking = (): void => clearInterval(look);
  const resume = (): void => {
    stopLooking();
    if (!state.exited) pty.resume();
  };
  const relay = new OutputRelay({
    pause: () => {
      pty.pause();
      stopLooking();
      look = setInterval(() => isThere() || void relay.drain(), exitLookMs);
    },
    resume,
    close: () => {
      stopLooking();
      // One that is gone is closed by node-pty; its pid may be somebody else's, and is not to be signalled.
      if (!state.exited && isThere()) pty.destroy();
    },
  });
  // Buffers, since no encoding was asked for; the declaration knows strings only.
  pty.onData((chunk) => relay.push(Buffer.from(chunk)));
  pty.on("end", () => readRest(pty.fd, relay));
  return relay;
}

/**
 * libuv takes a hang-up after a read that did not fill its buffer for the end (uv__stream_io), but one
 * read of a PTY gives 4 KiB at most, whatever more there is. The master is still open at that point.
 */
function readRest(fd: number, relay: OutputRelay): void {
  const buffer = Buffer.allocUnsafe(restBytes);
  try {
    for (let bytes = readSync(fd, buffer); bytes > 0; bytes = readSync(fd, buffer)) {
      relay.push(Buffer.from(buffer.subarray(0, bytes)));
    }
  } catch {
    // EIO is how a PTY says that nobody is at the other side and nothing is left.
  }
}

function isClosable(pty: IPty): pty is ClosablePty {
  return "destroy" in pty && "on" in pty && "fd" in pty;
}

function nameOf(signal: number): NodeJS.Signals | null {
  const isName = (name: string): name is NodeJS.Signals => name in constants.signals;
  const entry = Object.entries(constants.signals).find(([, number]) => number === signal);
  return entry && isName(entry[0]) ? entry[0] : null;
}
