import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { wallClock } from "../../src/cli/wall-clock.js";
import { sessionId } from "../../src/drive/random.js";
import type { ProcessEntry, SessionMark } from "../../src/model/resource.js";
import { valueOf } from "../../src/model/reading.js";
import { readProcess } from "../../src/proc/entry.js";
import { listPids } from "../../src/proc/pids.js";
import { Marks } from "../../src/soak/marks.js";
import { main } from "./fakes.js";

const seed = 5;
const id = (operation: number): string => sessionId(seed, operation);
const detail = { fds: false, memory: false, sockets: false };

const children: ChildProcess[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  if (child.exitCode === null && child.signalCode === null && child.kill("SIGKILL")) await exited;
}

interface Given {
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

/** A process with these arguments that sleeps. */
function start({ args, env }: Given): ChildProcess {
  const child = spawn("sh", ["-c", "read -r _", "sh", ...args], { env, stdio: ["pipe", "ignore", "ignore"] });
  children.push(child);
  return child;
}

function entryOf({ pid = 0 }: Pick<ChildProcess, "pid">): ProcessEntry {
  const { entry } = readProcess("/proc", pid, detail);
  if (!entry) throw new Error(`there is no process ${pid}`);
  return entry;
}

function marks(procRoot = "/proc"): Marks {
  return new Marks({ procRoot, seed, clock: wallClock });
}

function markOf(entry: ProcessEntry, all: Marks = marks()): SessionMark | undefined {
  return all.mark([entry])[0]?.mark;
}

describe("real processes", () => {
  it.each<[string, Given, SessionMark | undefined]>([
    ["an argument", { args: ["--session", id(7)], env: {} }, { operation: 7, where: "arguments" }],
    [
      "a part of an argument",
      { args: [`--x=a/${id(7)}.sock`], env: {} },
      { operation: 7, where: "arguments" },
    ],
    ["the environment", { args: [], env: { S: `s-${id(8)}` } }, { operation: 8, where: "environment" }],
    ["both: the arguments count", { args: [id(7)], env: { S: id(8) } }, { operation: 7, where: "arguments" }],
    ["one twice", { args: [id(7), id(7)], env: {} }, { operation: 7, where: "arguments" }],
    ["two in the arguments", { args: [id(7), id(8)], env: { S: id(7) } }, undefined],
    ["two in the environment", { args: [], env: { A: id(7), B: id(8) } }, undefined],
    ["none", { args: ["--session", "7"], env: { S: "8" } }, undefined],
    ["one of another run", { args: [sessionId(seed + 1, 7)], env: {} }, undefined],
  ])("are marked by %s", async (_, given, mark) => {
    const child = start(given);
    await once(child, "spawn");
    expect(markOf(entryOf(child))).toEqual(mark);
  });

  it("keep their mark when they are zombies, and lose it to none who gets their pid", async () => {
    // The shell becomes a sleep, which does not wait for what the shell had started.
    const script = 'env S="$0" sh -c "read -r _ < $1" & exec sleep 60';
    const folder = mkdtempSync(join(tmpdir(), "watertight-marks-"));
    folders.push(folder);
    const fifo = join(folder, "fifo");
    await once(spawn("sh", ["-c", 'mkfifo "$0"', fifo]), "exit");
    const parent = spawn("sh", ["-c", script, id(9), fifo], { stdio: "ignore" });
    children.push(parent);
    const child = await vi.waitFor(() => {
      const [pid] = childrenOf(parent.pid ?? 0);
      const found = entryOf({ pid: pid ?? 0 });
      expect(found.command).toMatch(/^sh -c read/);
      return found;
    }, 10_000);
    const all = marks();
    all.see([child]);
    writeFileSync(fifo, "go\n");
    const zombie = await vi.waitFor(() => {
      const now = entryOf(child);
      expect(now.state).toBe("Z");
      return now;
    }, 10_000);
    expect(all.marked([zombie])[0]?.mark).toEqual({ operation: 9, where: "environment" });
    expect(markOf(zombie, all)).toEqual({ operation: 9, where: "environment" });
    expect(markOf({ ...zombie, startTicks: zombie.startTicks + 1 }, all)).toBeUndefined();
  });
});

function childrenOf(parent: number): number[] {
  const all = valueOf(listPids("/proc")) ?? [];
  return all.filter((pid) => readProcess("/proc", pid, detail).entry?.ppid === parent);
}

/** A mount of /proc with one process, whose files a test can change. */
class Frozen {
  readonly root: string;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), "watertight-marks-"));
    folders.push(this.root);
    mkdirSync(`${this.root}/${main.pid}`);
    const fields = Array.from({ length: 40 }, (_, at) => (at === 18 ? main.startTicks : 1));
    writeFileSync(`${this.root}/${main.pid}/stat`, `${main.pid} (serve) S ${fields.join(" ")}\n`);
  }

  write(name: "cmdline" | "environ", text: string): void {
    writeFileSync(`${this.root}/${main.pid}/${name}`, text);
  }
}

describe("marks", () => {
  const inEnvironment = (operation: number): SessionMark => ({ operation, where: "environment" });

  it("go by the second look, since a young process shows what its parent was started with", () => {
    const frozen = new Frozen();
    const all = marks(frozen.root);
    const seen = [1, 2, 3, 4].map((operation) => {
      frozen.write("environ", `S=${id(operation)}\0`);
      return markOf(main, all);
    });
    expect(seen).toEqual([1, 2, 2, 2].map(inEnvironment));
  });

  it("stay where nothing is found any more, and go where another operation comes beside", () => {
    const frozen = new Frozen();
    const all = marks(frozen.root);
    frozen.write("cmdline", `goose\0${id(1)}\0`);
    const arg = { operation: 1, where: "arguments" };
    expect(markOf(main, all)).toEqual(arg);
    frozen.write("cmdline", "sleep\x00300\x00");
    expect(markOf(main, all)).toEqual(arg);
    const others = marks(frozen.root);
    frozen.write("cmdline", `goose\0${id(1)}\0`);
    expect(markOf(main, others)).toEqual(arg);
    frozen.write("cmdline", `goose\0${id(1)}\0${id(2)}\0`);
    expect(markOf(main, others)).toBeUndefined();
  });

  it("are not looked for in what cannot be read", () => {
    const frozen = new Frozen();
    mkdirSync(`${frozen.root}/${main.pid}/environ`);
    expect(markOf(main, marks(frozen.root))).toBeUndefined();
    frozen.write("cmdline", `goose\0${id(1)}\0`);
    expect(markOf(main, marks(frozen.root))).toMatchObject({ operation: 1 });
    expect(markOf({ ...main, pid: 99 }, marks(frozen.root))).toBeUndefined();
  });

  it("are not those of a process that got the pid", () => {
    const frozen = new Frozen();
    frozen.write("cmdline", `goose\0${id(1)}\0`);
    expect(markOf({ ...main, startTicks: main.startTicks + 1 }, marks(frozen.root))).toBeUndefined();
  });

  it("are forgotten with their process", () => {
    const frozen = new Frozen();
    frozen.write("cmdline", `goose\0${id(1)}\0`);
    const all = marks(frozen.root);
    expect(markOf(main, all)).toBeDefined();
    all.mark([]);
    expect(all.marked([main])).toEqual([main]);
  });

  it("are looked for only so long: the others have their turn at the next looks", () => {
    const frozen = new Frozen();
    frozen.write("cmdline", `goose\0${id(1)}\0`);
    let nowMs = 0;
    const clock = { monotonic: () => (nowMs += 15) };
    const all = new Marks({ procRoot: frozen.root, seed, clock });
    const strangers = [98, 99].map((pid) => ({ ...main, pid }));
    all.see([...strangers, main]);
    expect(all.marked([main])).toEqual([main]);
    for (let look = 0; look < 8; look++) all.see([...strangers, main]);
    expect(all.marked([main])[0]?.mark).toMatchObject({ operation: 1 });
  });
});
