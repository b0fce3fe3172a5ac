import { isObject } from "./misfit.js";
import type { Operation } from "./operation.js";
import { type Problem, usageProblem } from "./problem.js";
import {
  type EndLine,
  type LoadLine,
  type LookLine,
  type PauseLine,
  type RecordLine,
  type RunLine,
  type RunRecord,
  recordVersion,
  type StartedLine,
  type StopLine,
  type TickLine,
} from "./record.js";
import { RecordOrder } from "./record-order.js";
import { isRecordLine, misfitOf } from "./record-shape.js";
import { ShareAlike } from "./share-alike.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Reads a record back, line by line as the run appended it. A last line that was cut short is left out,
 * and the record is then truncated, as is one without an end line.
 */
export class RecordReader {
  readonly #operations: Operation[] = [];
  readonly #snapshots: Snapshot[] = [];
  readonly #ticks: TickLine[] = [];
  readonly #looks: LookLine[] = [];
  readonly #loads: LoadLine[] = [];
  readonly #notes: string[] = [];
  readonly #pauses: PauseLine[] = [];
  readonly #asides: Snapshot[] = [];
  readonly #order = new RecordOrder();
  readonly #alike = new ShareAlike();
  #run: RunLine | undefined;
  #started: StartedLine | undefined;
  #stop: StopLine | undefined;
  #end: EndLine | undefined;
  /** Number of a line that is no JSON: only the last one may be that. */
  #torn: number | undefined;

  /**
   * The next line, without its line break; blank ones do not matter.
   * @param number counted from 1
   * @throws Problem (exit 2) with the line number for a broken line, no run line, or a newer version.
   */
  line(text: string, number: number): void {
    if (text.trim() === "") return;
    if (this.#torn !== undefined) throw broken(this.#torn, "it is no JSON");
    const value = parseJson(text);
    if (value === undefined) this.#torn = number;
    else this.#take(lineOf(value, number), number);
  }

  /** @throws Problem (exit 2) when there was no run line. */
  record(): RunRecord {
    if (!this.#run) throw notARecord(this.#torn ?? 1);
    return {
      run: this.#run,
      started: this.#started,
      operations: this.#operations,
      snapshots: this.#snapshots,
      ticks: this.#ticks,
      looks: this.#looks,
      loads: this.#loads,
      notes: this.#notes,
      ...(this.#pauses.length > 0 ? { pauses: this.#pauses } : {}),
      ...(this.#asides.length > 0 ? { asides: this.#asides } : {}),
      stop: this.#stop,
      end: this.#end,
      truncated: this.#torn !== undefined || this.#end === undefined,
    };
  }

  #take(line: RecordLine, number: number): void {
    if (line.type === "run") this.#begin(line, number);
    else if (!this.#run) throw notARecord(number);
    const misfit = this.#order.misfit(line);
    if (misfit !== undefined) throw broken(number, misfit);
    this.#keep(line);
  }

  #begin(line: RunLine, number: number): void {
    if (this.#run) throw broken(number, "a second run begins there");
    this.#run = line;
  }

  #keep(line: RecordLine): void {
    if (line.type === "snapshot") this.#snapshots.push(this.#alike.snapshot(line));
    else if (line.type === "tick") this.#ticks.push(line);
    else if (line.type === "operation") this.#operations.push(line);
    else if (line.type === "look") this.#looks.push(line);
    else if (line.type === "load") this.#loads.push(line);
    else if (line.type === "note") this.#notes.push(line.text);
    else this.#keepRare(line);
  }

  #keepRare(line: RecordLine): void {
    if (line.type === "pause") this.#pauses.push(line);
    else if (line.type === "aside") this.#asides.push(this.#alike.snapshot(line));
    else this.#keepOnly(line);
  }

  /** Of these there is one in a run. */
  #keepOnly(line: RecordLine): void {
    if (line.type === "started") this.#started = line;
    else if (line.type === "stop") this.#stop = line;
    else if (line.type === "end") this.#end = line;
  }
}

/** A record whose text is at hand; see RecordReader. */
export function parseRecord(text: string): RunRecord {
  const reader = new RecordReader();
  for (const [index, line] of text.split("\n").entries()) reader.line(line, index + 1);
  return reader.record();
}

/** No beginning of a JSON object is itself JSON, so that a line cut short never parses. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lineOf(value: unknown, number: number): RecordLine {
  if (isObject(value) && value["type"] === "run") requireVersion(value["version"], number);
  if (isRecordLine(value)) return value;
  throw broken(number, misfitOf(value) ?? "");
}

function requireVersion(version: unknown, number: number): void {
  if (!Number.isSafeInteger(version) || Number(version) < 1)
    throw broken(number, "its version is no whole number above 0");
  if (Number(version) <= recordVersion) return;
  throw usageProblem({
    what: `line ${number} says that the record is of version ${String(version)}`,
    why: `this watertight reads records up to version ${recordVersion}`,
    fix: "judge it with the watertight that made it, or with a newer one",
  });
}

function notARecord(number: number): Problem {
  return usageProblem({
    what: `line ${number} of the record is no run line`,
    why: "a record begins with a line that says which scenario was run, and by which version",
    fix: "name the record.ndjson of a run",
  });
}

function broken(number: number, why: string): Problem {
  return usageProblem({
    what: `the record is broken at line ${number}`,
    why,
    fix: "only its last line may be cut short: run the scenario again",
  });
}
