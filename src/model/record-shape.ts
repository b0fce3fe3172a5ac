import { type Check, count, flag, isObject, listOf, maybe, number, object, oneOf, text } from "./misfit.js";
import type { EndLine, RecordLine } from "./record.js";
import type { Phase } from "./snapshot.js";
import type { Operation } from "./operation.js";

/** By the type of each, so that the compiler tells when a name is new. */
const phases: Readonly<Record<Phase, true>> = {
  start: true,
  "warm-up": true,
  baseline: true,
  batch: true,
  settle: true,
  draining: true,
  drain: true,
  tail: true,
  stop: true,
  survivors: true,
};
const operationOutcomes: Readonly<Record<Operation["outcome"], true>> = {
  landed: true,
  failed: true,
  aborted: true,
};
const runOutcomes: Readonly<Record<EndLine["outcome"], true>> = {
  complete: true,
  interrupted: true,
  broke: true,
  stalled: true,
};

const phase = oneOf(Object.keys(phases));
const gaps = listOf(object({ what: text, why: text }));
const fds = listOf(
  object({
    fd: count,
    target: text,
    inode: number,
    ptsNumber: maybe(count),
    socket: maybe(object({ protocol: text, state: text, local: text, peer: text })),
  }),
);
const memory = object({ rssBytes: count, pssBytes: maybe(count), anonymousBytes: maybe(count) });
const processes = listOf(
  object({
    pid: count,
    startTicks: count,
    ppid: number,
    state: text,
    name: text,
    command: text,
    threads: count,
    fds: maybe(fds),
    fdCount: maybe(count),
    softFdLimit: maybe(count),
    memory: maybe(memory),
    mark: maybe(object({ operation: count, where: text })),
  }),
);
const origins = listOf(
  object({
    kind: text,
    type: maybe(text),
    pid: maybe(count),
    count,
    bytes: maybe(number),
    ids: maybe(listOf(count)),
    stack: listOf(object({ name: maybe(text), file: text, line: maybe(count) })),
  }),
);
const probes = listOf(
  object({
    probe: text,
    pid: maybe(count),
    tasks: maybe(count),
    tasksByType: maybe(object({})),
    liveBytes: maybe(count),
    collected: maybe(flag),
    fds: maybe(count),
    values: maybe(object({})),
    origins: maybe(origins),
    gaps,
  }),
);

const dropped = object({ why: text });
const inForce = object({
  dropped: flag,
  allow: count,
  peakShare: maybe(number),
  budgetBytes: maybe(number),
  detectPerOperation: maybe(number),
  used: maybe(flag),
});
/** Without `allow`, no number of survivors would be too many. */
const rule: Check = (value) => (isObject(value) && value["dropped"] === true ? dropped : inForce)(value);
const criteria = object({ tasks: rule, processes: rule, fds: rule, memory: rule, zombies: rule, ptys: rule });
const allow = listOf(
  object({ kind: text, pattern: text, reason: text, count: maybe(count), until: maybe(text) }),
);
const scenario = object({
  name: text,
  target: object({ limits: object({ memoryBytes: maybe(number) }) }),
  load: object({ batch: count, maxFailed: number }),
  settle: object({ withinMs: number }),
  stop: object({ signal: text, withinMs: number }),
  production: object({ sessionsPerHour: number }),
  criteria,
  allow: maybe(allow),
});
const system = object({
  memoryBytes: number,
  pidMax: maybe(count),
  ptyMax: maybe(count),
  cgroupPidsMax: maybe(count),
  cgroupMemoryMax: maybe(number),
  bootMs: maybe(number),
});

const snapshot = object({
  phase,
  batch: count,
  operations: count,
  atMs: number,
  quiet: flag,
  after: maybe(count),
  processes,
  probes,
  gaps,
});

/** What each line must hold for the judge to work on it; all else may be absent. */
const shapes: Readonly<Record<RecordLine["type"], Check>> = {
  run: object({
    tool: text,
    startedAtMs: number,
    scenario,
    command: listOf(text),
    cwd: maybe(text),
    traced: maybe(flag),
    attached: maybe(text),
    watched: maybe(object({ unit: oneOf(["seconds", "operations"]) })),
    system,
  }),
  started: object({ atMs: number, pid: count, follow: text, probes: listOf(text), costs: maybe(object({})) }),
  phase: object({ phase, batch: count, atMs: number }),
  operation: object({
    id: count,
    flow: text,
    batch: count,
    startedAtMs: maybe(number),
    endedAtMs: maybe(number),
    outcome: oneOf(Object.keys(operationOutcomes)),
    reason: maybe(text),
    localPorts: listOf(count),
    tail: maybe(flag),
  }),
  snapshot,
  aside: snapshot,
  pause: object({ atMs: number, forMs: number, operations: count, suspended: flag }),
  tick: object({
    atMs: number,
    operations: count,
    processes: count,
    fds: maybe(count),
    fdsOfLargest: maybe(count),
    ptys: maybe(count),
    monotonicMs: maybe(number),
    cpuPercent: maybe(number),
    rssBytes: maybe(count),
    ownRssBytes: count,
    ownCpuMs: number,
  }),
  look: object({ look: count, batch: count, operations: count, atMs: number, decided: flag }),
  load: object({
    atMs: number,
    batch: count,
    landed: count,
    failed: count,
    source: text,
    connections: maybe(count),
  }),
  note: object({ text }),
  stop: object({
    tookMs: number,
    graceful: flag,
    survivors: processes,
    unkillable: listOf(object({ pid: count, startTicks: count })),
    gaps,
  }),
  end: object({
    atMs: number,
    outcome: oneOf(Object.keys(runOutcomes)),
    reason: maybe(text),
    logTail: listOf(text),
  }),
};
const byType = new Map<unknown, Check>(Object.entries(shapes));

/** True when the value has all that a line of its type must have. */
export function isRecordLine(value: unknown): value is RecordLine {
  return misfitOf(value) === undefined;
}

/** What is wrong with a value that should be a line of a record; undefined when nothing is. */
export function misfitOf(value: unknown): string | undefined {
  if (!isObject(value)) return "it is no JSON object";
  const type = value["type"];
  const check = byType.get(type);
  if (!check) return `its type is ${typeof type === "object" ? "no string" : JSON.stringify(type)}`;
  const misfit = check(value);
  return misfit === undefined ? undefined : `its ${misfit.replace(/^\./, "")}`;
}
