import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { judge } from "../../src/api/judge.js";
import { report } from "../../src/api/report.js";
import { soak } from "../../src/api/soak.js";
import { Problem } from "../../src/model/problem.js";
import { cleanUpAfterEach, fixture, scenario, tempFolder } from "../cli/rig.js";

cleanUpAfterEach();

/** A small server whose processes can be told from all others. */
function echo(
  mark: string,
  parts: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const target = { command: fixture("echoes.mjs"), env: { API_TEST_MARK: mark } };
  return { ...scenario(fixture("echoes.mjs"), parts), target, name: "echo" };
}

/** Processes of a server, and of the tool for it. */
function alive(mark: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
    } catch {
      return false;
    }
  });
}

const events = ["SIGINT", "SIGTERM", "SIGHUP", "exit", "uncaughtException", "unhandledRejection"];
const handlers = () => events.map((event) => process.listenerCount(event));

it("runs two at once into one folder, says nothing, handles no signal, leaves no process", async () => {
  const out = join(tempFolder(), "out");
  const mark = randomUUID();
  const before = handlers();
  const writes = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
  const during = new Set<string>();
  const onProgress = () => void during.add(handlers().join());
  const both = [1, 2].map((seed) => soak(echo(mark), { out, seed, onProgress }));
  const ran = await Promise.all(both);
  const said = writes.flatMap((write) => write.mock.calls);
  for (const write of writes) write.mockRestore();

  expect(said).toEqual([]);
  expect([...during]).toEqual([before.join()]);
  expect(handlers()).toEqual(before);
  expect(alive(mark)).toEqual([]);
  expect(ran.map(({ result, exitCode }) => `${result.verdict} ${exitCode}`)).toEqual(["pass 0", "pass 0"]);
  expect(new Set(ran.map(({ record }) => record)).size).toBe(2);
  for (const { folder, result } of ran) {
    expect(await judge(folder)).toEqual(result);
    expect(existsSync(join(folder, "report.txt"))).toBe(true);
  }
  const text = await report(ran.map(({ record }) => record));
  expect(text).toContain(`files in ${ran.map(({ folder }) => folder).join(", ")}`);
});

it("judges what there is when its signal is aborted amid the load", async () => {
  const mark = randomUUID();
  const stop = new AbortController();
  const { result } = await soak(echo(mark, { load: { operations: 100_000, batch: 10, warmup: 10 } }), {
    out: tempFolder(),
    signal: stop.signal,
    onProgress: ({ batch }) => batch >= 3 && stop.abort(),
  });
  expect(result).toMatchObject({ interrupted: true });
  expect(result.operations.landed).toBeGreaterThan(0);
  expect(alive(mark)).toEqual([]);
});

it("ends the run where onProgress throws, and says so", async () => {
  const mark = randomUUID();
  const onProgress = () => {
    throw new Error("no room on the page");
  };
  await expect(soak(echo(mark), { out: tempFolder(), onProgress })).rejects.toMatchObject({
    message: "onProgress threw",
    why: "no room on the page",
    exitCode: 4,
  });
  expect(alive(mark)).toEqual([]);
});

const thrower = () => ({
  onEnd: () => {
    throw new Error("no ink");
  },
});

it.each([
  [
    "an aborted signal",
    () => soak("goose-churn", { signal: AbortSignal.abort() }),
    { what: "stopped before it began", exitCode: 130 },
  ],
  ["no such scenario", () => soak("goose-chrun"), { what: "there is no scenario goose-chrun", exitCode: 2 }],
  ["a wrong seed", () => soak("goose-churn", { seed: 1.5 }), { what: "--seed 1.5 is no seed", exitCode: 2 }],
  [
    "a plant elsewhere",
    () => soak(echo("x"), { plant: "fd", out: tempFolder() }),
    { what: "--plant fd cannot be put into", exitCode: 2 },
  ],
  [
    "a mistake in an object",
    () => soak({ flow: {} }),
    { what: "scenario:3:3: unknown key `flow`", exitCode: 2 },
  ],
  [
    "a folder in the way",
    () => soak(echo("x"), { out: "/proc/nowhere" }),
    { what: "cannot write to /proc/nowhere", exitCode: 2 },
  ],
  ["no record", () => judge("/nonexistent"), { what: "cannot read /nonexistent", exitCode: 2 }],
  [
    "no such reporter",
    () => report("x", { reporter: "jsn" as "json" }),
    { what: "there is no reporter jsn", exitCode: 2 },
  ],
  [
    "a reporter that throws",
    () => report([], { reporter: thrower }),
    { what: "the reporter of yours failed", exitCode: 4 },
  ],
] as const)("%s is a problem", async (_, work, { what, exitCode }) => {
  const problem: unknown = await work().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ exitCode });
  expect((problem as Problem).message).toContain(what);
  expect((problem as Problem).fix).toBeTypeOf("string");
});
