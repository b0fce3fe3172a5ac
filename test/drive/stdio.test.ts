import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Operation } from "../../src/model/operation.js";
import type { Step } from "../../src/model/scenario.js";
import { batchOf, driverOf, flowOf, runOnce, send } from "../fixtures/drive/drive.js";

const url = "ws://127.0.0.1:1";
const program = join(import.meta.dirname, "../fixtures/drive/speak-lines.mjs");

function stdio(...words: string[]): Step {
  const command = [process.execPath, program, ...words];
  return { kind: "stdio", command, framing: "line", withinMs: 10_000 };
}

const close: Step = { kind: "close", code: 1000, withinMs: 10_000 };

function field(fields: Record<string, unknown>): Step {
  return { kind: "expect", match: { kind: "json", fields }, withinMs: 10_000 };
}

function drop(how: "fin" | "reset" | "half-close" | "stall", withinMs = 10_000): Step {
  return { kind: "drop", how, withinMs };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), "watertight-stdio-"));
const pidFile = join(folder, "pid");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Notes the pid that the program tells, for the test to look at. */
function noted(name: "pid" | "child"): Step[] {
  const expectPid: Step = {
    kind: "expect",
    match: { kind: "any" },
    capture: { [name]: { from: "json", path: name } },
    withinMs: 10_000,
  };
  const note = { exit: 0, withinMs: 10_000, command: ["sh", "-c", `echo {${name}} > ${pidFile}`] };
  return [expectPid, { kind: "exec", ...note }];
}

function pidNoted(): number {
  return Number(readFileSync(pidFile, "utf8"));
}

interface During {
  readonly operation: Operation | undefined;
  /** Whether the process of the noted pid lives before the driver closes, and after. */
  readonly lives: readonly [boolean, boolean];
}

async function during(...steps: Step[]): Promise<During> {
  const { driver, operations } = driverOf([flowOf(steps)], url);
  await driver.runBatch(batchOf(1));
  const pid = pidNoted();
  const before = isAlive(pid);
  await driver.close();
  return { operation: operations[0], lives: [before, isAlive(pid)] };
}

describe("a session with a program of its own", () => {
  it("speaks lines, and is started with the target's environment, in its folder, by the session's name", async () => {
    const place = { env: { ...process.env, WATERTIGHT_RUN: "r-1" }, cwd: folder };
    const asked = send('{"n":"{operation}"}');
    const answer = field({ got: '{"n":"{operation}"}', run: "r-1", session: "{session}", cwd: folder });
    const { driver, operations } = driverOf([flowOf([stdio(), asked, answer, close])], url, { place });
    await driver.runBatch(batchOf(3, 3));
    await driver.close();
    expect(operations.map(({ outcome, reason }) => reason ?? outcome)).toEqual(Array(3).fill("landed"));
  });

  it("waits for a late answer", async () => {
    const steps = [stdio("late"), send("x"), field({ got: "x" }), close];
    expect((await runOnce(url, steps)).outcome).toBe("landed");
  });

  it("says that there is no such program, and that it died, with the end of its stderr", async () => {
    const none: Step = { kind: "stdio", command: ["no-such-program"], framing: "line", withinMs: 5000 };
    expect((await runOnce(url, [none])).reason).toMatch(
      /^step 1 stdio: cannot start no-such-program: ENOENT/,
    );
    const died = await runOnce(url, [stdio("die", "3"), send("x"), field({ got: "x" })]);
    expect(died.reason).toBe(
      "step 3 expect: the program ended with exit 3; its stderr ended with out of luck",
    );
    const zero: Step = { ...none, command: ["a\0b"] };
    expect((await runOnce(url, [zero])).reason).toMatch(/^step 1 stdio: cannot start a/);
  });
});

describe("the end of such a program", () => {
  it("by close: its stdin ends, and its exit is awaited", async () => {
    expect((await runOnce(url, [stdio(), send("x"), field({ got: "x" }), close])).outcome).toBe("landed");
    const { operation, lives } = await during(stdio("stay"), ...noted("pid"), { ...close, withinMs: 200 });
    expect(operation?.reason).toBe("step 4 close: the program did not end within 200 ms");
    expect(lives).toEqual([false, false]);
  });

  it("by fin: its stdin ends, and nobody waits; what then stays is left until the driver closes", async () => {
    const { operation, lives } = await during(stdio("stay"), ...noted("pid"), drop("fin"));
    expect(operation?.outcome).toBe("landed");
    expect(lives).toEqual([true, false]);
  });

  it("by reset: it alone is killed", async () => {
    const { operation, lives } = await during(stdio("leave"), ...noted("child"), drop("reset"));
    expect(operation?.outcome).toBe("landed");
    // The child is the target's leak: the driver must not hide it.
    expect(lives).toEqual([true, true]);
    process.kill(pidNoted(), "SIGKILL");
  });

  it("by half-close: its stdin ends, and what it still says is read", async () => {
    const steps = [
      stdio("half"),
      send("x"),
      drop("half-close"),
      field({ got: "x" }),
      field({ after: "stdin" }),
      close,
    ];
    expect((await runOnce(url, steps)).reason).toBeUndefined();
  });

  it("by stall: its stdout is not read any more, for a while", async () => {
    const { operation, lives } = await during(stdio("stay", "flood"), ...noted("pid"), drop("stall", 200));
    expect(operation?.outcome).toBe("landed");
    expect(lives).toEqual([false, false]);
  });

  it("while it writes", async () => {
    const leave: Step = { kind: "drop", how: "reset", whileReceiving: true, withinMs: 10_000 };
    expect((await runOnce(url, [stdio("flood"), leave])).outcome).toBe("landed");
    const quiet = await runOnce(url, [stdio("stay"), ...noted("pid"), { ...leave, withinMs: 100 }]);
    expect(quiet.reason).toBe("step 4 drop: nothing arrived within 100 ms");
  });

  it("without a word of the scenario: its stdin ends, and it is killed where that does not end it", async () => {
    const { operation, lives } = await during(stdio("stay"), ...noted("pid"));
    expect(operation?.outcome).toBe("landed");
    expect(lives).toEqual([false, false]);
  });
});
