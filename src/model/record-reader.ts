import { usageProblem } from "./problem.js";
import {
  type EndLine,
  type RecordLine,
  type RunLine,
  type RunRecord,
  recordVersion,
  type StartedLine,
  type StopLine,
} from "./record.js";

type Shape = Readonly<Record<string, "number" | "string" | "array" | "object" | "boolean">>;

/** What each line must hold for the judge to work on it; all else may be absent. */
const shapes: Readonly<Record<RecordLine["type"], Shape>> = {
  run: { tool: "string", startedAtMs: "number", scenario: "object", command: "array", system: "object" },
  started: { atMs: "number", pid: "number", follow: "string", probes: "array" },
  phase: {},
  operation: { id: "number", flow: "string", batch: "number", outcome: "string", localPorts: "array" },
  snapshot: {
    phase: "string",
    batch: "number",
    operations: "number",
    quiet: "boolean",
    processes: "array",
    probes: "array",
    gaps: "array",
  },
  tick: { operations: "number", processes: "number", ownRssBytes: "number", ownCpuMs: "number" },
  note: { text: "string" },
  stop: { tookMs: "number", graceful: "boolean", survivors: "array", unkillable: "array", gaps: "array" },
  end: { atMs: "number", outcome: "string", logTail: "array" },
};

/**
 * Reads a record back: NDJSON as the run appended it. A last line that was cut short is left out,
 * and the record is then truncated, as is one without an end line.
 * @throws Problem (exit 2) with the line number for a broken line, no run line, or a newer version.
 */
export function parseRecord(text: string): RunRecord {
  const lines = linesOf(text);
  const { run, rest } = splitRun(lines.whole);
  const end = only<EndLine>(rest, "end");
  return {
    run,
    started: only<StartedLine>(rest, "started"),
    operations: all(rest, "operation"),
    snapshots: all(rest, "snapshot"),
    ticks: all(rest, "tick"),
    notes: all(rest, "note").map((note) => note.text),
    stop: only<StopLine>(rest, "stop"),
    end,
    truncated: lines.torn || end === undefined,
  };
}

interface NumberedLine {
  readonly number: number;
  readonly line: RecordLine;
}

function linesOf(text: string): { readonly whole: NumberedLine[]; readonly torn: boolean } {
  const texts = text.split("\n");
  while (texts.length > 0 && texts.at(-1)?.trim() === "") texts.pop();
  const values = texts.map(parseJson);
  const torn = values.length > 0 && values.at(-1) === undefined;
  if (torn) values.pop();
  return {
    whole: values.map((value, index) => ({ number: index + 1, line: lineOf(value, index + 1) })),
    torn,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lineOf(value: unknown, number: number): RecordLine {
  if (!isObject(value)) throw broken(number, "it is no JSON object");
  const type = value["type"];
  if (typeof type !== "string" || !Object.hasOwn(shapes, type)) {
    // A newer tool may write kinds of lines that this one does not know: the version tells better.
    if (number === 1 && type !== "run") throw notARecord();
    throw broken(number, `its type is ${JSON.stringify(type)}`);
  }
  if (type === "run") requireVersion(value["version"], number);
  requireShape(value, shapes[type as RecordLine["type"]], number);
  return value as unknown as RecordLine;
}

function requireVersion(version: unknown, number: number): void {
  if (typeof version !== "number") throw broken(number, "its version is missing");
  if (version <= recordVersion) return;
  throw usageProblem({
    what: `the record is of version ${version}, line ${number}`,
    why: `this watertight reads records up to version ${recordVersion}`,
    fix: "judge it with the version of watertight that made it, or a newer one",
  });
}

function requireShape(value: Readonly<Record<string, unknown>>, shape: Shape, number: number): void {
  for (const [name, kind] of Object.entries(shape)) {
    if (kindOf(value[name]) !== kind) throw broken(number, `its ${name} is not of kind ${kind}`);
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return kindOf(value) === "object";
}

function splitRun(lines: readonly NumberedLine[]): { readonly run: RunLine; readonly rest: RecordLine[] } {
  const [first, ...rest] = lines;
  if (first?.line.type !== "run") throw notARecord();
  const second = rest.find(({ line }) => line.type === "run");
  if (second) throw broken(second.number, "a second run begins there");
  return { run: first.line, rest: rest.map(({ line }) => line) };
}

function all<T extends RecordLine["type"]>(lines: readonly RecordLine[], type: T) {
  return lines.filter((line): line is Extract<RecordLine, { type: T }> => line.type === type);
}

function only<L extends RecordLine>(lines: readonly RecordLine[], type: L["type"]): L | undefined {
  return lines.findLast((line): line is L => line.type === type);
}

function notARecord(): Error {
  return usageProblem({
    what: "this is no record of a run: line 1 is no run line",
    why: "a record begins with a line that says which scenario was run, and with which version",
    fix: "name the record.ndjson of a run, or the folder that holds it",
  });
}

function broken(number: number, why: string): Error {
  return usageProblem({
    what: `the record is broken at line ${number}`,
    why,
    fix: "only the last line may be cut short; take the record from a backup, or run the scenario again",
  });
}
