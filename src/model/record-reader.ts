import { type Problem, usageProblem } from "./problem.js";
import { type RecordLine, type RunLine, type RunRecord, recordVersion } from "./record.js";
import { isObject, isRecordLine, misfitOf } from "./record-shape.js";

/**
 * Reads a record back: NDJSON as the run appended it. A last line that was cut short is left out,
 * and the record is then truncated, as is one without an end line.
 * @throws Problem (exit 2) with the line number for a broken line, no run line, or a newer version.
 */
export function parseRecord(text: string): RunRecord {
  const { lines, torn } = linesOf(text);
  const { run, rest } = splitRun(lines);
  const end = all(rest, "end").at(-1);
  return {
    run,
    started: all(rest, "started").at(-1),
    operations: all(rest, "operation"),
    snapshots: all(rest, "snapshot"),
    ticks: all(rest, "tick"),
    looks: all(rest, "look"),
    notes: all(rest, "note").map((note) => note.text),
    stop: all(rest, "stop").at(-1),
    end,
    truncated: torn || end === undefined,
  };
}

interface NumberedLine {
  readonly number: number;
  readonly line: RecordLine;
}

function linesOf(text: string): { readonly lines: readonly NumberedLine[]; readonly torn: boolean } {
  const texts = text
    .split("\n")
    .map((line, index) => ({ number: index + 1, value: parseJson(line), isBlank: line.trim() === "" }))
    .filter(({ isBlank }) => !isBlank);
  const torn = texts.length > 0 && texts.at(-1)?.value === undefined;
  const whole = torn ? texts.slice(0, -1) : texts;
  return { lines: whole.map(({ number, value }) => ({ number, line: lineOf(value, number) })), torn };
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
  if (value === undefined) throw broken(number, "it is no JSON");
  if (isObject(value) && value["type"] === "run") requireVersion(value["version"], number);
  if (isRecordLine(value)) return value;
  throw broken(number, misfitOf(value) ?? "");
}

function requireVersion(version: unknown, number: number): void {
  if (typeof version !== "number") throw broken(number, "its version is no number");
  if (version <= recordVersion) return;
  throw usageProblem({
    what: `line ${number} says that the record is of version ${version}`,
    why: `this watertight reads records up to version ${recordVersion}`,
    fix: "judge it with the watertight that made it, or with a newer one",
  });
}

function splitRun(lines: readonly NumberedLine[]): { readonly run: RunLine; readonly rest: RecordLine[] } {
  const [first, ...rest] = lines;
  if (first?.line.type !== "run") throw notARecord(first?.number ?? 1);
  const second = rest.find(({ line }) => line.type === "run");
  if (second) throw broken(second.number, "a second run begins there");
  return { run: first.line, rest: rest.map(({ line }) => line) };
}

function all<T extends RecordLine["type"]>(lines: readonly RecordLine[], type: T) {
  return lines.filter((line): line is Extract<RecordLine, { type: T }> => line.type === type);
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
