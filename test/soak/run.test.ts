import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { wallClock } from "../../src/cli/wall-clock.js";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord } from "../../src/model/record.js";
import { parseRecord } from "../../src/model/record-reader.js";
import type { Scenario } from "../../src/model/scenario.js";
import { soak } from "../../src/soak/run.js";
import { scenarioOf } from "./fakes.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const fixture = (path: string): string => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const server = fixture("target/serve.mjs");
const leavesPrograms = fixture("soak/leave-program.mjs");

/** 50 batches of two requests to a server that leaks nothing. */
function scenarioAsking(detectPerOperation: number | undefined): Scenario {
  const scenario = scenarioOf({
    target: { command: `${process.execPath} ${server} {port}` },
    flows: { get: { steps: [{ http: "/" }] } },
    load: { operations: 100, batch: 2, concurrency: 2, warmup: 10 },
    settle: { quiet: "30ms", within: "1s" },
    drain: "400ms",
    criteria: { memory: { drop: "not the matter here" } },
  });
  const fds = { ...scenario.criteria.fds, detectPerOperation };
  return { ...scenario, criteria: { ...scenario.criteria, fds } };
}

async function recordOf(scenario: Scenario): Promise<RunRecord> {
  const folder = mkdtempSync(join(tmpdir(), "watertight-soak-"));
  folders.push(folder);
  const { recordPath } = await soak({
    scenario,
    quick: false,
    plant: undefined,
    tool: "watertight",
    outDir: folder,
    gateway: [],
    values: {},
    pathAppend: [],
    seed: 1,
    clock: wallClock,
    procRoot: "/proc",
    stop: new AbortController().signal,
    onProgress: () => undefined,
  });
  return parseRecord(readFileSync(recordPath, "utf8"));
}

it("a real run stops early once it can see what it was asked to see", async () => {
  const record = await recordOf(scenarioAsking(1));
  expect(record.looks).toMatchObject([{ look: 1, batch: 12, operations: 24, decided: true }]);
  expect(record.notes).toContain("stopped after 24 of 100 operations: everything asked for was decided");
  const phases = record.snapshots.map(({ phase }) => phase);
  expect(phases.filter((phase) => phase === "draining")).toHaveLength(4);
  expect(record.ticks[0]).toMatchObject({ ptys: 0, processes: 1, monotonicMs: expect.any(Number) });
  expect(judgeRun(record)).toMatchObject({ verdict: "pass", operations: { landed: 24, failed: 0 } });
});

it("a real run knows who left a program, and ends with operations one at a time", async () => {
  const record = await recordOf(
    scenarioOf({
      target: { command: `${process.execPath} ${leavesPrograms} {port}` },
      flows: { ask: { steps: [{ http: "/{session}" }] } },
      load: { operations: 30, maxOperations: 30, batch: 5, concurrency: 5, warmup: 5 },
      criteria: { memory: { drop: "not the matter here" } },
      settle: { quiet: "30ms", within: "1s" },
      drain: "200ms",
      stop: { within: "200ms" },
      probes: { node: "off" },
    }),
  );
  const last = record.snapshots.at(-1);
  expect(last).toMatchObject({ phase: "tail", batch: 6, operations: 30, after: 38 });
  const tail = record.snapshots.filter(({ phase }) => phase === "tail");
  expect(tail.map(({ after }) => after)).toEqual([0, 36, 37, 38, 38]);
  const programs = last?.processes.filter(({ name }) => name === "sleep") ?? [];
  const ids = record.operations.map(({ id }) => id);
  expect(programs.map(({ mark }) => mark?.operation).toSorted((a = 0, b = 0) => a - b)).toEqual(ids);
  const newest = programs.filter(({ mark }) => (mark?.operation ?? 0) > 35);
  for (const { mark, startTicks } of newest) {
    const operation = record.operations.find(({ id }) => id === mark?.operation);
    const startedMs = (record.run.system.bootMs ?? Number.NaN) + startTicks * 10;
    expect(startedMs).toBeGreaterThanOrEqual((operation?.startedAtMs ?? Number.NaN) - 20);
    expect(startedMs).toBeLessThanOrEqual((operation?.endedAtMs ?? Number.NaN) + 20);
  }
  expect(record.stop?.survivors.flatMap(({ mark }) => mark ?? [])).toHaveLength(38);
  expect(judgeRun(record)).toMatchObject({ verdict: "fail", operations: { landed: 30, failed: 0 } });
});

const answersLines = fixture("soak/answer-lines.sh");

/** Sessions with a program each, and a target that does nothing. */
function programs(...words: string[]): Scenario {
  const stdio = { stdio: [answersLines, ...words] };
  return scenarioOf({
    target: { command: "{idle}" },
    flows: {
      talk: { steps: [stdio, { send: { n: "{operation}" } }, { expect: { contains: "got" } }, "close"] },
    },
    load: { operations: 24, maxOperations: 24, batch: 4, concurrency: 4, warmup: 4 },
    settle: { quiet: "30ms", within: "1s" },
    drain: "200ms",
    stop: { within: "200ms" },
  });
}

it("finds what programs of sessions leave behind, and who left it, with no server at all", async () => {
  const record = await recordOf(programs("leave"));
  const { verdict, criteria } = judgeRun(record);
  expect(verdict).toBe("fail");
  expect(criteria.find(({ id }) => id === "processes")?.verdict).toBe("fail");
  const idle = record.started?.pid;
  const held = record.snapshots.at(-1)?.processes ?? [];
  const left = held.filter(({ name, pid }) => name === "sleep" && pid !== idle);
  expect(left.length).toBeGreaterThanOrEqual(28);
  expect(left.map(({ mark }) => mark?.where)).toEqual(left.map(() => "environment"));
  expect(record.stop?.unkillable).toEqual([]);
});

it("passes programs that leave nothing", async () => {
  const record = await recordOf(programs());
  expect(record.operations.map(({ reason }) => reason).filter(Boolean)).toEqual([]);
  expect(judgeRun(record).verdict).toBe("pass");
});
