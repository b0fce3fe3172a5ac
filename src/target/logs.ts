import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import { messageOf } from "../model/problem.js";
import { inert } from "./inert.js";
import { LineSplitter } from "./line-splitter.js";

/** Lines kept in memory, of both streams together. */
const keptLines = 200;

/** What the target prints: whole on disk, its last lines in memory. */
export interface TargetLogs {
  readonly stdoutPath: string;
  readonly stderrPath: string;
  /** The last lines (at most `n`, at most 200) of both streams as they came, made inert. */
  tail(n: number): string[];
  /** What went wrong with the files, e.g. a full disk. The target is read on regardless. */
  readonly notes: readonly string[];
}

/** The side of the logs that only the launcher needs. */
export interface LogSink extends TargetLogs {
  /** True once a line of either stream matched; terminal escapes are taken out before. */
  matched(pattern: RegExp): () => boolean;
  /** Resolves when both streams have ended and are on disk; a survivor can keep them open. */
  readonly ended: Promise<void>;
  /** Stops reading and closes the files. */
  close(): void;
}

interface LogState {
  readonly kept: string[];
  readonly notes: string[];
  readonly splitters: readonly LineSplitter[];
  readonly listeners: ((line: string) => void)[];
}

/** Copies two streams to `target.stdout.log` and `target.stderr.log` in an existing folder. */
export function keepLogs(logDir: string, streams: { stdout: Readable; stderr: Readable }): LogSink {
  const stdoutPath = join(logDir, "target.stdout.log");
  const stderrPath = join(logDir, "target.stderr.log");
  const state: LogState = {
    kept: [],
    notes: [],
    splitters: [new LineSplitter(), new LineSplitter()],
    listeners: [],
  };
  const [out, err] = state.splitters;
  if (out) readLines(streams.stdout, out, state);
  if (err) readLines(streams.stderr, err, state);
  const copies = [
    copyToFile(streams.stdout, stdoutPath, state.notes),
    copyToFile(streams.stderr, stderrPath, state.notes),
  ];
  return {
    stdoutPath,
    stderrPath,
    notes: state.notes,
    tail: (n) => tailOf(state, n),
    matched: (pattern) => watchFor(state, pattern),
    ended: Promise.all(copies).then(() => undefined),
    close: () => {
      streams.stdout.destroy();
      streams.stderr.destroy();
    },
  };
}

function readLines(stream: Readable, splitter: LineSplitter, state: LogState): void {
  const decoder = new StringDecoder("utf8");
  stream.on("data", (chunk: Buffer) => {
    const lines = splitter.push(decoder.write(chunk));
    for (const line of lines) for (const listener of state.listeners) listener(line);
    state.kept.push(...lines.slice(-keptLines));
    state.kept.splice(0, Math.max(0, state.kept.length - keptLines));
  });
}

/** A target must never block because its output cannot be kept: a file that fails is given up. */
async function copyToFile(stream: Readable, path: string, notes: string[]): Promise<void> {
  const file = createWriteStream(path);
  file.once("error", (error) => {
    notes.push(`the target's output is not kept any further in ${path}: ${messageOf(error)}`);
    stream.unpipe(file);
    stream.resume();
  });
  stream.pipe(file);
  await finished(stream, { writable: false }).catch(() => undefined);
  await endFile(file);
}

async function endFile(file: WriteStream): Promise<void> {
  if (file.destroyed) return;
  file.end();
  await finished(file).catch(() => undefined);
}

function tailOf(state: LogState, n: number): string[] {
  const unfinished = state.splitters.map((splitter) => splitter.pending).filter((line) => line !== "");
  return [...state.kept, ...unfinished].slice(-Math.min(Math.max(1, n), keptLines)).map(inert);
}

function watchFor(state: LogState, pattern: RegExp): () => boolean {
  const matches = (line: string): boolean => stripVTControlCharacters(line).search(pattern) >= 0;
  let found = state.kept.some(matches);
  state.listeners.push((line) => {
    found ||= matches(line);
  });
  return () => found || state.splitters.some((splitter) => matches(splitter.pending));
}
