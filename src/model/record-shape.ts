import type { RecordLine } from "./record.js";

/** A count is a whole number, 0 or more. */
type Kind = "count" | "number" | "string" | "array" | "object" | "boolean";
/** An array of one shape: each of its members has that shape. */
type Expected = Kind | Shape | readonly [Shape];
interface Shape {
  readonly [name: string]: Expected;
}

const gapShape: Shape = { what: "string", why: "string" };
const processShape: Shape = {
  pid: "count",
  startTicks: "count",
  ppid: "number",
  state: "string",
  name: "string",
  command: "string",
  threads: "count",
};
const criterionShape: Shape = { dropped: "boolean" };
const scenarioShape: Shape = {
  name: "string",
  target: { limits: "object" },
  load: { batch: "count", maxFailed: "number" },
  settle: { withinMs: "number" },
  stop: { signal: "string", withinMs: "number" },
  production: { sessionsPerHour: "number" },
  criteria: {
    tasks: criterionShape,
    processes: criterionShape,
    fds: criterionShape,
    memory: criterionShape,
    zombies: criterionShape,
    ptys: criterionShape,
  },
};

/** What each line must hold for the judge to work on it; all else may be absent. */
const shapes: Readonly<Record<RecordLine["type"], Shape>> = {
  run: {
    tool: "string",
    startedAtMs: "number",
    scenario: scenarioShape,
    command: "array",
    system: { memoryBytes: "number" },
  },
  started: { atMs: "number", pid: "count", follow: "string", probes: "array" },
  phase: { phase: "string", batch: "count", atMs: "number" },
  operation: { id: "count", flow: "string", batch: "count", outcome: "string", localPorts: "array" },
  snapshot: {
    phase: "string",
    batch: "count",
    operations: "count",
    atMs: "number",
    quiet: "boolean",
    processes: [processShape],
    probes: [{ probe: "string", gaps: [gapShape] }],
    gaps: [gapShape],
  },
  tick: {
    atMs: "number",
    operations: "count",
    processes: "count",
    ownRssBytes: "number",
    ownCpuMs: "number",
  },
  look: { look: "count", batch: "count", operations: "count", atMs: "number", decided: "boolean" },
  note: { text: "string" },
  stop: {
    tookMs: "number",
    graceful: "boolean",
    survivors: [processShape],
    unkillable: [{ pid: "count", startTicks: "count" }],
    gaps: [gapShape],
  },
  end: { atMs: "number", outcome: "string", logTail: "array" },
};

/** True when the value has all that a line of its type must have. */
export function isRecordLine(value: unknown): value is RecordLine {
  return misfitOf(value) === undefined;
}

/** What is wrong with a value that should be a line of a record; undefined when nothing is. */
export function misfitOf(value: unknown): string | undefined {
  if (!isObject(value)) return "it is no JSON object";
  const shape = Object.entries(shapes).find(([type]) => type === value["type"])?.[1];
  return shape ? misfit(value, shape, "") : `its type is ${JSON.stringify(value["type"])}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return kindOf(value) === "object";
}

function misfit(value: unknown, expected: Expected, path: string): string | undefined {
  if (typeof expected === "string") {
    return fits(value, expected) ? undefined : `its ${path} is no ${expected}`;
  }
  if (isList(expected)) return misfitOfMembers(value, expected[0], path);
  if (!isObject(value)) return `its ${path} is no object`;
  for (const [name, inner] of Object.entries(expected)) {
    const found = misfit(value[name], inner, path === "" ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fits(value: unknown, kind: Kind): boolean {
  return kind === "count" ? Number.isSafeInteger(value) && Number(value) >= 0 : kindOf(value) === kind;
}

function isList(expected: Shape | readonly [Shape]): expected is readonly [Shape] {
  return Array.isArray(expected);
}

function misfitOfMembers(value: unknown, shape: Shape, path: string): string | undefined {
  if (!Array.isArray(value)) return `its ${path} is no array`;
  for (const [index, member] of value.entries()) {
    const found = misfit(member, shape, `${path}[${index}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}
