import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { stripVTControlCharacters } from "node:util";
import { CappedLog, type LogBounds, usualBounds } from "./capped-log.js";
import { inert } from "./inert.js";
import { LastLines, type StreamName } from "./last-lines.js";
import { LineReading } from "./line-reading.js";

/** Most lines that are shown, of both streams together. */
const keptLines = 200;

/** What the target prints: its beginning and its end on disk, its last lines in memory. */
export interface TargetLogs {
  readonly stdoutPath: string;
  readonly stderrPath: string;
  /** The last lines (at most `n`, at most 200) of both streams as they came, made inert. */
  tail(n: number): string[];
  /** What is not in the files, and why, e.g. a full disk. The target is read on regardless. */
  readonly notes: readonly string[];
}

/** The side of the logs that only the launcher needs. */
export interface LogSink extends TargetLogs {
  /** True once a line of either stream matched; terminal escapes are taken out before. */
  matched(pattern: RegExp): () => boolean;
  /** Resolves when both streams have ended and are on disk; a survivor can keep them open. */
  readonly ended: Promise<void>;
  /** Bytes read and written so far: while it grows, the output is still on its way. */
  moved(): number;
  /** Stops reading and closes the files. */
  close(): void;
}

interface LogState {
  readonly last: LastLines;
  readonly notes: string[];
  readonly watches: Set<LineWatch>;
}

/** Copies two streams to `target.stdout.log` and `target.stderr.log` in an existing folder. */
export function keepLogs(
  logDir: string,
  streams: { stdout: Readable; stderr: Readable },
  bounds: LogBounds = usualBounds,
): LogSink {
  const stdoutPath = join(logDir, "target.stdout.log");
  const stderrPath = join(logDir, "target.stderr.log");
  const state: LogState = { last: new LastLines(), notes: [], watches: new Set() };
  const files = {
    stdout: new CappedLog(stdoutPath, state.notes, bounds),
    stderr: new CappedLog(stderrPath, state.notes, bounds),
  };
  const keep = (of: StreamName): Promise<void> => readOn(streams[of], { of, state, file: files[of] });
  const ended = Promise.all([keep("stdout"), keep("stderr")]);
  return {
    stdoutPath,
    stderrPath,
    notes: state.notes,
    tail: (n) =>
      state.last
        .lines()
        .slice(-Math.min(Math.max(1, n), keptLines))
        .map(inert),
    matched: (pattern) => watchFor(state, pattern),
    ended: ended.then(() => undefined),
    moved: () => files.stdout.moved + files.stderr.moved,
    close: () => {
      streams.stdout.destroy();
      streams.stderr.destroy();
    },
  };
}

interface Reading {
  readonly of: StreamName;
  readonly state: LogState;
  readonly file: CappedLog;
}

/** A target must never block because its output cannot be kept. */
async function readOn(stream: Readable, { of, state, file }: Reading): Promise<void> {
  stream.on("data", (chunk: Buffer) => {
    state.last.push(of, chunk);
    for (const watch of state.watches) watch.see(of, chunk);
    if (file.write(chunk, () => stream.resume())) stream.pause();
  });
  await finished(stream, { writable: false }).catch(() => undefined);
  await file.end();
}

/** Reads lines only for as long as none has matched. */
class LineWatch {
  readonly #pattern: RegExp;
  readonly #readers = { stdout: new LineReading(), stderr: new LineReading() };
  #found: boolean;

  constructor(pattern: RegExp, printed: readonly string[]) {
    this.#pattern = pattern;
    this.#found = printed.some((line) => this.#matches(line));
  }

  get found(): boolean {
    const { stdout, stderr } = this.#readers;
    return this.#found || this.#matches(stdout.pending) || this.#matches(stderr.pending);
  }

  see(of: StreamName, chunk: Buffer): void {
    const lines = this.#readers[of].push(chunk);
    this.#found ||= lines.some((line) => this.#matches(line));
  }

  #matches(line: string): boolean {
    return plain(line).search(this.#pattern) >= 0;
  }
}

/** Looking for what begins an escape is a tenth of the work of taking it out. */
function plain(line: string): string {
  return /[\u001b\u009b]/.test(line) ? stripVTControlCharacters(line) : line;
}

function watchFor({ watches, last }: LogState, pattern: RegExp): () => boolean {
  const watch = new LineWatch(pattern, last.lines());
  watches.add(watch);
  return () => {
    if (watch.found) watches.delete(watch);
    return watch.found;
  };
}
