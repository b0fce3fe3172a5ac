import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type ManagedProcess, ProcessManager, readLines } from "../../src/lifecycle/index.js";
import { readStat } from "../../src/proc/stat.js";
import { fixture, type Held, held, heldAfter, isAlive, until } from "./held.js";

let manager: ProcessManager;
let before: Held;

beforeEach(() => {
  before = held();
  manager = new ProcessManager();
});

afterEach(async () => {
  await manager.shutdown(0);
  expect(manager.running).toBe(0);
  expect(await heldAfter(before)).toEqual(before);
});

interface Followed {
  readonly process: ManagedProcess;
  readonly lines: string[];
  /** Resolves when the output has ended. */
  readonly done: Promise<string>;
}

function follow(name: string, pty: boolean, args: readonly string[] = []): Followed {
  const process = manager.start({ command: fixture(name), args, pty });
  const lines: string[] = [];
  const { done } = readLines(process.output, { maxLineBytes: 1000, onLine: (line) => lines.push(line) });
  return { process, lines, done };
}

/** The pid in a line such as `grandchild 123`. */
async function pidSaid({ lines }: Followed): Promise<number> {
  await until(() => lines.length > 0);
  return Number(lines[0]?.split(" ")[1]);
}

describe.each([
  { where: "on pipes", pty: false },
  { where: "in a PTY", pty: true },
])("a process $where", ({ pty }) => {
  test.each([0, 7])("says how it exited: code %i", async (code) => {
    const { process, lines, done } = follow("exits-with.sh", pty, [String(code)]);
    expect(await process.exited).toEqual({ code, signal: null });
    expect(await done).toBe("end");
    expect(lines).toEqual(pty ? ["hello", "complaint"] : ["hello"]);
    expect(await process.cleanedUp).toEqual([]);
  });

  test("says which signal killed it", async () => {
    const { process: started } = follow("waits.sh", pty);
    process.kill(started.pid, "SIGTERM");
    expect(await started.exited).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("is known by its pid and start time", async () => {
    const { process } = follow("waits.sh", pty);
    expect(isAlive(process.pid)).toBe(true);
    expect(process.startTicks).toBeGreaterThan(0);
    await process.terminate(1000);
    expect(isAlive(process.pid)).toBe(false);
  });

  test("ends on SIGINT within its grace", async () => {
    const followed = follow("waits.sh", pty);
    await until(() => followed.lines.includes("ready"));
    await followed.process.terminate(60_000);
    expect(await followed.process.exited).toEqual({ code: null, signal: "SIGINT" });
  });

  test("is killed when it ignores SIGINT", async () => {
    const followed = follow("ignores-sigint.sh", pty);
    await until(() => followed.lines.includes("ready"));
    await followed.process.terminate(50);
    expect(await followed.process.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("takes along the grandchild that it leaves behind", async () => {
    const followed = follow("leaves-stubborn-grandchild.sh", pty);
    const grandchild = await pidSaid(followed);
    expect(await followed.process.exited).toEqual({ code: 0, signal: null });
    expect(await followed.process.cleanedUp).toEqual([]);
    expect(isAlive(grandchild)).toBe(false);
    expect(await followed.done).toBe("end");
  });

  test("takes along a grandchild in another group of its session", async () => {
    const followed = follow("other-group-same-session.sh", pty);
    const grandchild = await pidSaid(followed);
    const stat = readStat("/proc", grandchild);
    if (stat.ok) expect(stat.value.pgid).not.toBe(followed.process.pid);
    expect(await followed.process.cleanedUp).toEqual([]);
    expect(isAlive(grandchild)).toBe(false);
  });

  test("is not ended before its grandchild, which ignores SIGINT", async () => {
    const followed = follow("waits-with-stubborn-grandchild.sh", pty);
    const grandchild = await pidSaid(followed);
    await followed.process.terminate(50);
    expect(isAlive(grandchild)).toBe(false);
    expect((await followed.process.exited).signal).toBe("SIGINT");
  });

  test("leaves its grandchild the rest of the grace", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lifecycle-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "tidied");
    const followed = follow("has-tidy-grandchild.mjs", pty, [file]);
    await until(() => followed.lines.includes("ready"));
    await followed.process.terminate(20_000);
    expect(readFileSync(file, "utf8")).toBe("tidied\n");
  });

  test("closes its outputs although a runaway holds them open", async () => {
    const followed = follow("leaves-runaway.sh", pty);
    const runaway = await pidSaid(followed);
    await followed.process.cleanedUp;
    expect(await followed.done).toBe("end");
    expect(await heldAfter(before)).toEqual(before);
    if (isAlive(runaway)) process.kill(runaway, "SIGKILL");
  });

  test("closes its outputs although a runaway goes on writing to them", async () => {
    const followed = follow("leaves-shouting-runaway.sh", pty);
    const runaway = await pidSaid(followed);
    await followed.process.cleanedUp;
    expect(await followed.done).toBe("end");
    expect(await heldAfter(before)).toEqual(before);
    if (isAlive(runaway)) process.kill(-runaway, "SIGKILL");
  });

  test("loses no output to a slow reader, yet gives its descriptors back", async () => {
    // More than the stream holds before it stops its source, by less than what the kernel holds then.
    const count = Math.ceil((new Readable().readableHighWaterMark + 3000) / "0000001\n".length);
    const process = manager.start({
      command: fixture("floods.sh"),
      args: ["-f", "%07g", String(count)],
      pty,
    });
    const lines: string[] = [];
    process.output.pause();
    const { done } = readLines(process.output, { maxLineBytes: 1000, onLine: (line) => lines.push(line) });
    await process.cleanedUp;
    expect(await heldAfter(before)).toEqual(before);
    process.output.resume();
    expect(await done).toBe("end");
    expect(lines).toEqual(Array.from({ length: count }, (_, i) => String(i + 1).padStart(7, "0")));
  });

  test("is held up by a reader that has paused, and goes on with it", async () => {
    const { process, lines, done } = follow("floods.sh", pty, ["200000"]);
    process.output.pause();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(isAlive(process.pid)).toBe(true);
    process.output.resume();
    expect(await done).toBe("end");
    expect(lines).toHaveLength(200_000);
  });

  test("ends although nobody reads its flood", async () => {
    const process = manager.start({ command: fixture("floods.sh"), args: ["10000000"], pty });
    await process.terminate(2000);
    expect((await process.exited).signal).toBe("SIGINT");
  });

  test("hears what is written to it, and the end of it", async () => {
    const { process, lines, done } = follow("echoes-input.sh", pty);
    expect(process.write("one\n")).toBe(true);
    process.write(Buffer.from("two\n"));
    await until(() => lines.includes("heard two"));
    process.endInput();
    expect(await done).toBe("end");
    expect(lines.filter((line) => /^(heard|bye)/.test(line))).toEqual(["heard one", "heard two", "bye"]);
    expect(process.write("too late\n")).toBe(false);
  });

  test("ends when its output is destroyed and it is terminated", async () => {
    const { process } = follow("waits.sh", pty);
    process.output.destroy();
    await process.terminate(2000);
    expect(isAlive(process.pid)).toBe(false);
  });

  test("is terminated once, however many ask for it at once", async () => {
    const { process, lines } = follow("ignores-sigint.sh", pty);
    await until(() => lines.includes("ready"));
    // The shortest grace rules: the first one alone would last longer than the test may.
    await Promise.all([process.terminate(600_000), process.terminate(30), process.terminate(600_000)]);
    expect((await process.exited).signal).toBe("SIGKILL");
  });

  test("that has exited is terminated without waiting", async () => {
    const { process } = follow("exits-with.sh", pty);
    await process.cleanedUp;
    const turn = new Promise((resolve) => setImmediate(resolve, "a turn of the event loop"));
    expect(await Promise.race([process.terminate(600_000).then(() => "terminated"), turn])).toBe(
      "terminated",
    );
  });

  test.each([
    { ending: "its exit", end: () => Promise.resolve(), name: "exits-with.sh" },
    { ending: "its termination", end: (started: ManagedProcess) => started.terminate(10), name: "waits.sh" },
  ])("runs its cleanups once, in reverse, after $ending", async ({ end, name }) => {
    const ran: string[] = [];
    const { process } = follow(name, pty);
    process.onCleanup(() => void ran.push("first"));
    process.onCleanup(() => {
      throw new Error("in the second");
    });
    process.onCleanup(async () => {
      await Promise.resolve();
      ran.push("third");
    });
    await end(process);
    expect(await process.cleanedUp).toEqual([new Error("in the second")]);
    await process.terminate(10);
    expect(ran).toEqual(["third", "first"]);
    process.onCleanup(() => void ran.push("late"));
    expect(ran).toEqual(["third", "first", "late"]);
  });
});

test("on pipes, complaints come apart from the output", async () => {
  const { process } = follow("exits-with.sh", false);
  const complaints: string[] = [];
  if (!process.errors) throw new Error("no stderr");
  await readLines(process.errors, { maxLineBytes: 99, onLine: (line) => complaints.push(line) }).done;
  expect(complaints).toEqual(["complaint"]);
});

test("on pipes, what it does not read does no harm", async () => {
  const process = manager.start({ command: "sh", args: ["-c", "exec <&-; echo closed; exec sleep 120"] });
  await new Promise((resolve) => process.output.once("data", resolve));
  process.write("into the void\n");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(process.write("and again\n")).toBe(false);
  await process.terminate(2000);
});

test("a PTY has the size asked for", async () => {
  const process = manager.start({
    command: "sh",
    args: ["-c", "stty size"],
    pty: { cols: 132, rows: 50 },
  });
  const lines: string[] = [];
  await readLines(process.output, { maxLineBytes: 99, onLine: (line) => lines.push(line) }).done;
  expect(lines).toEqual(["50 132"]);
});
