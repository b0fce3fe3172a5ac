import { kill } from "node:process";
import { getEventListeners } from "node:events";
import { closeSync, openSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ProcessLimitError, ProcessManager, ResourceMonitor, SpawnError } from "../../src/lifecycle/index.js";
import { fixture, type Held, held, heldAfter, isAlive, until } from "./held.js";

let manager: ProcessManager;
let before: Held;

beforeEach(() => {
  before = held();
  manager = new ProcessManager();
});

afterEach(async () => {
  await manager.shutdown(0);
  expect(await heldAfter(before)).toEqual(before);
});

describe.each([
  { where: "on pipes", pty: false },
  { where: "in a PTY", pty: true },
])("$where", ({ pty }) => {
  test.each([
    { fault: "no such program", options: { command: "no-such-program" }, code: "ENOENT" },
    { fault: "no such file", options: { command: "./no/such/file" }, code: "ENOENT" },
    { fault: "an empty name", options: { command: "" }, code: "ENOENT" },
    { fault: "a folder", options: { command: "/" }, code: "EACCES" },
    { fault: "a file that is not executable", options: { command: "/etc/passwd" }, code: "EACCES" },
    { fault: "no such working directory", options: { command: "sh", cwd: "/no/such" }, code: "ENOENT" },
    { fault: "a file as working directory", options: { command: "sh", cwd: "/etc/passwd" }, code: "ENOTDIR" },
    { fault: "an empty PATH", options: { command: "sh", env: { PATH: "" } }, code: "ENOENT" },
  ])("$fault is a SpawnError, after which nothing is held", ({ options, code }) => {
    const released: string[] = [];
    const start = (): unknown =>
      manager.start({ ...options, pty, onCleanup: () => void released.push("given back") });
    expect(start).toThrow(SpawnError);
    expect(start).toThrow(expect.objectContaining({ code }));
    expect(start).toThrow(/^cannot start /);
    expect(released).toEqual(["given back", "given back", "given back"]);
    expect(held()).toEqual(before);
    expect(manager.running).toBe(0);
  });

  test("running out of descriptors is a SpawnError", () => {
    const taken: number[] = [];
    try {
      expect(() => {
        for (;;) taken.push(openSync("/dev/null", "r"));
      }).toThrow("EMFILE");
      expect(() => manager.start({ command: fixture("exits-with.sh"), pty })).toThrow(SpawnError);
    } finally {
      for (const fd of taken) closeSync(fd);
    }
    expect(manager.running).toBe(0);
  });

  test("a hundred processes with errors leave nothing", async () => {
    manager = new ProcessManager({ maxProcesses: 100 });
    const names = ["exits-with.sh", "ignores-sigint.sh", "leaves-stubborn-grandchild.sh", "waits.sh"];
    const started = Array.from({ length: 100 }, (_, i) =>
      manager.start({ command: fixture(names[i % names.length] ?? ""), args: ["1"], pty }),
    );
    await Promise.all(started.map((process) => process.terminate(100)));
    expect(await heldAfter(before)).toEqual(before);
    expect(manager.running).toBe(0);
    expect(started.filter((process) => isAlive(process.pid))).toEqual([]);
  });
});

test("two hundred PTYs, ended in every way, leave nothing", async () => {
  for (let batch = 0; batch < 10; batch += 1) {
    await Promise.all(Array.from({ length: 20 }, (_, i) => runInPty(i)));
  }
  expect(await heldAfter(before)).toEqual(before);
});

async function runInPty(i: number): Promise<void> {
  const process = manager.start({ command: fixture(i % 2 ? "waits.sh" : "exits-with.sh"), pty: true });
  if (i % 4 === 0) process.output.destroy();
  if (i % 3 === 0) await process.terminate(i);
  else if (i % 2) kill(process.pid, "SIGTERM");
  expect(await process.cleanedUp).toEqual([]);
}

test("refuses more than its maximum, and has room again after an exit", async () => {
  manager = new ProcessManager({ maxProcesses: 2 });
  const start = (): ReturnType<ProcessManager["start"]> => manager.start({ command: fixture("waits.sh") });
  const [first] = [start(), start()];
  expect(start).toThrow(ProcessLimitError);
  expect(start).toThrow(/^refusing to start .*waits\.sh: 2 of 2 processes are running$/);
  expect(manager.list()).toHaveLength(2);
  await first.terminate(2000);
  await first.cleanedUp;
  start();
  expect(manager.running).toBe(2);
});

test("asks its monitor, for a PTY as well", () => {
  const asked: string[] = [];
  const refuse = (kind: string): { ok: true } | { ok: false; reason: string } => {
    asked.push(kind);
    return kind === "pty" ? { ok: false, reason: "no PTY is left" } : { ok: true };
  };
  manager = new ProcessManager({ monitor: { admit: refuse } });
  expect(() => manager.start({ command: "sh", pty: true })).toThrow("refusing to start sh: no PTY is left");
  manager.start({ command: fixture("exits-with.sh") });
  expect(asked).toEqual(["process", "pty", "process"]);
});

test("a ResourceMonitor will do as monitor", () => {
  manager = new ProcessManager({ monitor: new ResourceMonitor({ limits: { tasks: 0 } }) });
  expect(() => manager.start({ command: "sh" })).toThrow(/\d+ tasks are held; the limit is 0$/);
});

test("does not start what is already aborted", () => {
  const start = (): unknown => manager.start({ command: "sh", signal: AbortSignal.abort() });
  expect(start).toThrow(expect.objectContaining({ name: "AbortError" }));
  expect(manager.running).toBe(0);
});

test("terminates what is aborted", async () => {
  manager = new ProcessManager({ graceMs: 30 });
  const controller = new AbortController();
  const process = manager.start({ command: fixture("ignores-sigint.sh"), signal: controller.signal });
  await new Promise((resolve) => process.output.once("data", resolve));
  controller.abort();
  expect(await process.exited).toEqual({ code: null, signal: "SIGKILL" });
});

test("an abort after the exit ends nothing, and the signal is let go", async () => {
  const controller = new AbortController();
  const process = manager.start({ command: fixture("exits-with.sh"), signal: controller.signal });
  expect(await process.cleanedUp).toEqual([]);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  controller.abort();
  expect(await process.exited).toEqual({ code: 0, signal: null });
});

test("tells of cleanups that fail", async () => {
  const problems: unknown[] = [];
  manager = new ProcessManager({ onProblem: (error) => problems.push(error) });
  const process = manager.start({ command: fixture("exits-with.sh") });
  process.onCleanup(() => Promise.reject(new Error("stuck lock")));
  await process.cleanedUp;
  await until(() => problems.length > 0);
  expect(problems).toEqual([new Error("stuck lock")]);
});

describe("shutdown", () => {
  test("ends all, then refuses", async () => {
    const started = ["waits.sh", "ignores-sigint.sh", "leaves-stubborn-grandchild.sh"].map((name) =>
      manager.start({ command: fixture(name), pty: name.startsWith("i") }),
    );
    await manager.shutdown(100);
    expect(manager.running).toBe(0);
    expect(started.filter((process) => isAlive(process.pid))).toEqual([]);
    expect(() => manager.start({ command: "sh" })).toThrow("refusing to start sh: shutting down");
    await manager.shutdown(100);
  });

  test("waits for cleanups, but not for ever", async () => {
    manager = new ProcessManager({ confirmMs: 30 });
    const process = manager.start({ command: fixture("waits.sh") });
    process.onCleanup(() => new Promise(() => {}));
    const slow: string[] = [];
    process.onCleanup(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      slow.push("done");
    });
    const shutdown = manager.shutdown(1000);
    await shutdown.catch((error: unknown) => expect(error).toBeInstanceOf(AggregateError));
    expect(slow).toEqual(["done"]);
    expect(await process.cleanedUp).toEqual([new Error("a cleanup took longer than 30 ms")]);
  });
});
