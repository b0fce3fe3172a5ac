import { describe, expect, it } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { withOrigins } from "../../src/ledger/with-origins.js";
import type { Finding } from "../../src/model/finding.js";
import type { OriginGroup, StackFrame } from "../../src/model/origin.js";
import type { RunRecord } from "../../src/model/record.js";
import type { Operation } from "../../src/model/operation.js";
import type { ProbeSample, Snapshot } from "../../src/model/snapshot.js";
import type { CriterionId, ScenarioResult } from "../../src/model/verdict.js";
import {
  child,
  file,
  files,
  nodeProbe,
  type Plan,
  recordOf,
  server,
  socket,
  zombie,
} from "../judge/record-builder.js";

const cwd = "/srv/app";
const plantFrame = { name: "onConnect", file: `file://${cwd}/src/plants/fd.ts`, line: 20, column: 7 };
const callers: StackFrame[] = [
  { file: "node:fs", line: 1 },
  { file: `${cwd}/src/session.ts`, line: 8 },
];
const stack: StackFrame[] = [{ name: "openSync", file: "node:fs", line: 601 }, plantFrame, ...callers];
const elsewhere: StackFrame[] = [{ file: `${cwd}/src/log.ts`, line: 3 }];

function sample(origins: readonly OriginGroup[], parts: Partial<ProbeSample> = {}): ProbeSample {
  return { ...nodeProbe(4), origins, ...parts };
}

function traced(plan: Plan, parts: Partial<RunRecord> = {}): RunRecord {
  const record = recordOf({ batches: 6, perBatch: 1, ...plan });
  return { ...record, run: { ...record.run, traced: true, cwd }, ...parts };
}

function found(criterion: CriterionId, resource: string): ScenarioResult {
  const finding: Finding = {
    criterion,
    criteria: [criterion],
    resource,
    summary: "",
    evidence: [],
    next: "",
    resources: [{ criterion, resource, count: 5, hoursToExhaustion: undefined }],
    by: undefined,
    flows: [],
    origin: undefined,
  };
  return { ...judgeRun(recordOf()), findings: [finding], flows: [], notes: [] };
}

const fdFound = found("fds", "file descriptor /tmp/x");

describe("file descriptors", () => {
  const made: OriginGroup[] = [
    { kind: "fd", count: 4, ids: [10, 11, 12, 13], stack },
    { kind: "fd", count: 1, ids: [14], stack: elsewhere },
    {
      kind: "fd",
      count: 90,
      ids: [1, ...Array.from({ length: 89 }, (_, index) => 100 + index)],
      stack: elsewhere,
    },
  ];
  const plan: Plan = {
    processes: ({ drained }) => [server([file(1, "/dev/null"), ...(drained ? files(10, 5) : [])])],
    probes: ({ drained }) => [sample(drained ? made : [])],
  };

  it("are of the place where most of those that are left were opened", () => {
    expect(withOrigins(fdFound, traced(plan)).findings[0]?.origin).toEqual({
      kind: "fd",
      at: "src/plants/fd.ts:20",
      stack: [
        { name: "onConnect", file: "src/plants/fd.ts", line: 20, column: 7 },
        { file: "src/session.ts", line: 8 },
      ],
      by: "node",
      seen: 4,
      of: 5,
    });
  });

  it.each([
    ["polite", "src/plants/fd.ts:20"],
    ["rude", undefined],
  ])("that %s left are of a finding of that flow alone", (flow, expected) => {
    const open = found("fds", "file descriptor socket tcp CLOSE_WAIT");
    const leaks = { verdict: "leaks", criterion: "fds", operations: 1, rate: 1, low: 1, high: 1 } as const;
    const findings = open.findings.map((finding) => ({ ...finding, flows: [{ ...leaks, flow }] }));
    const left = socket(10, 77, "CLOSE_WAIT");
    // The port of operation 1 of the record, which is of the flow polite.
    const entry = { ...left, socket: left.socket && { ...left.socket, peer: "127.0.0.1:40000" } };
    const door = socket(2, 5, "LISTEN");
    const processes: Plan["processes"] = ({ batch }) => [server([door, ...(batch > 0 ? [entry] : [])])];
    const result = withOrigins({ ...open, findings }, traced({ ...plan, processes }));
    expect(result.findings[0]?.origin?.at).toBe(expected);
  });

  it("of another process are not taken for them", () => {
    const probes: Plan["probes"] = ({ drained }) => [sample(drained ? made : [], { pid: 7 })];
    const result = withOrigins(fdFound, traced({ ...plan, probes }));
    expect(result.findings[0]?.origin).toBeUndefined();
    expect(result.notes).toEqual([expect.stringContaining("where it was made is not known")]);
  });

  it("may be of a process that the group names", () => {
    const named = made.map((group) => ({ ...group, pid: 100 }));
    const probes: Plan["probes"] = ({ drained }) => [
      { probe: "strace", gaps: [], ...(drained ? { origins: named } : {}) },
    ];
    const result = withOrigins(fdFound, traced({ ...plan, probes }));
    expect(result.findings[0]?.origin).toMatchObject({ at: "src/plants/fd.ts:20", by: "strace" });
  });
});

describe("who left it", () => {
  const unknown = { certain: 0, likely: 0, unattributed: 5, examples: [], wouldHelp: undefined };
  const nameless = {
    ...fdFound,
    findings: fdFound.findings.map((finding) => ({ ...finding, by: unknown })),
  };
  const base = traced({
    processes: ({ drained }) => [server([file(1, "/dev/null"), ...(drained ? files(10, 2) : [])])],
  });
  const drain = base.snapshots.at(-1);
  if (!drain) throw new Error("no drain");
  const look = (after: number, fds: number): Snapshot => ({
    ...drain,
    phase: "tail",
    after,
    processes: [server([file(1, "/dev/null"), ...files(10, fds)])],
  });
  const alone = base.operations.slice(0, 2).map((operation, index): Operation => {
    return { ...operation, id: 7 + index, batch: 6, flow: index === 0 ? "polite" : "rude", tail: true };
  });
  const record: RunRecord = {
    ...base,
    operations: [...base.operations, ...alone],
    snapshots: [...base.snapshots, look(0, 2), look(7, 2), look(8, 3), look(8, 3)],
  };

  it("is told by the second pass where the first saw nobody", () => {
    const [example, ...others] = withOrigins(nameless, record).findings[0]?.by?.examples ?? [];
    expect(others).toEqual([]);
    expect(example).toMatchObject({ operation: 8, flow: "rude", sureness: "likely" });
    expect(example?.because).toMatch(/^in the second pass \(record in why\/\), it was there first after/);
  });

  it("and is what the first saw where it did", () => {
    const operation = { operation: 3, flow: "polite", batch: 1, step: "close", left: ["fd 9"] };
    const examples = [{ ...operation, sureness: "certain" as const, because: "of its port" }];
    const known = {
      ...fdFound,
      findings: fdFound.findings.map((finding) => ({ ...finding, by: { ...unknown, examples } })),
    };
    expect(withOrigins(known, record).findings[0]?.by?.examples).toEqual(examples);
  });
});

describe("processes", () => {
  const spawned: OriginGroup = { kind: "process", count: 1, ids: [200], stack };
  const plan: Plan = {
    processes: ({ drained }) => [
      server(),
      child(200),
      ...(drained ? [zombie(300), child(400)].map((entry) => ({ ...entry, ppid: 200 })) : []),
    ],
    probes: ({ drained }) => [sample(drained ? [spawned] : [])],
  };

  it.each<[CriterionId]>([["zombies"], ["processes"]])(
    "(%s) have the place of the nearest parent that was seen",
    (id) => {
      const origin = withOrigins(found(id, "whatever"), traced(plan)).findings[0]?.origin;
      expect(origin).toMatchObject({ kind: "process", at: "src/plants/fd.ts:20", seen: 1, of: 1 });
    },
  );
});

describe("what is only counted", () => {
  it("tasks: the place whose number grew most, of the type that was found", () => {
    const groups = (drained: boolean): OriginGroup[] => [
      { kind: "task", type: "Timeout", count: drained ? 9 : 2, stack },
      { kind: "task", type: "Timeout", count: 30, stack: elsewhere },
      { kind: "task", type: "TCPSocketWrap", count: drained ? 50 : 1, stack: elsewhere },
    ];
    const plan: Plan = { probes: ({ drained }) => [sample(groups(drained))] };
    const origin = withOrigins(found("tasks", "task Timeout"), traced(plan)).findings[0]?.origin;
    expect(origin).toMatchObject({ kind: "task", at: "src/plants/fd.ts:20", seen: 7, of: 7 });
  });

  it("memory: the place that grew by most bytes, with what holds it", () => {
    const retainedBy = "histories of grow → Array";
    const groups = (drained: boolean): OriginGroup[] => [
      { kind: "memory", type: "Buffer", count: 5, bytes: drained ? 900_000 : 0, stack, retainedBy },
      { kind: "memory", type: "String", count: 500, bytes: drained ? 9000 : 0, stack: elsewhere },
    ];
    const plan: Plan = { probes: ({ drained }) => [sample(groups(drained))] };
    const origin = withOrigins(found("memory", "live memory"), traced(plan)).findings[0]?.origin;
    expect(origin).toMatchObject({ kind: "memory", at: "src/plants/fd.ts:20", by: "heap", retainedBy });
  });
});

describe("what was not seen", () => {
  const notes = (record: RunRecord): string => withOrigins(fdFound, record).notes.join();

  it.each<[string, RunRecord, string]>([
    ["nothing leaked", traced({}), "it did not leak when the flow polite ran alone"],
    [
      "the second pass broke",
      traced({
        end: { outcome: "broke", reason: "strace cannot be run: ENOENT; to fix it: install strace" },
      }),
      "to fix it: install strace",
    ],
    ["it was stopped", traced({ end: { outcome: "interrupted" } }), "was stopped early"],
    ["it was cut off", traced({ end: null }), "was stopped early"],
  ])("%s", (_, record, expected) => {
    expect(notes(record)).toContain(expected);
  });

  it("is not missed where nothing was left", () => {
    const findings = fdFound.findings.map((finding) => ({ ...finding, resources: [] }));
    expect(withOrigins({ ...fdFound, findings }, traced({})).notes).toEqual([]);
  });

  it("is not asked of another run's second pass", () => {
    const record = traced({});
    expect(withOrigins(fdFound, { ...record, run: { ...record.run, traced: undefined } })).toEqual(fdFound);
    const scenario = { ...record.run.scenario, name: "other" };
    expect(withOrigins(fdFound, { ...record, run: { ...record.run, scenario } })).toEqual(fdFound);
    expect(withOrigins(fdFound, undefined)).toEqual(fdFound);
  });
});
