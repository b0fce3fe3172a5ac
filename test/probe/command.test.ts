import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ProbeSample } from "../../src/model/snapshot.js";
import { attachCommand, type AttachCommand } from "../../src/probe/command.js";
import { clock, never, until } from "./fixtures.js";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "watertight-test-"));
  folders.push(made);
  return made;
}

function look(script: string, options: Partial<AttachCommand> = {}): Promise<ProbeSample> {
  const aim = (): { words: string[]; pid: undefined } => ({ words: ["sh", "-c", script], pid: undefined });
  const around = { name: "stats", program: "/bin/sh", aim, onStart: () => undefined, clock, limitMs: 5000 };
  return attachCommand({ ...around, ...options }).sample({ collect: true, signal: never });
}

const whyOf = async (script: string, options?: Partial<AttachCommand>): Promise<string | undefined> =>
  (await look(script, options)).gaps[0]?.why;

describe("a command probe", () => {
  it("takes what it prints for what it says", async () => {
    const sample = await look(
      "echo tasks 7; echo fds 12; echo memory 1000.4; echo queue 3; echo memory.old 5",
    );
    expect(sample).toEqual({
      probe: "stats",
      tasks: 7,
      fds: 12,
      liveBytes: 1000,
      collected: true,
      values: { queue: 3, "memory.old": 5 },
      gaps: [],
    });
  });

  it("sums tasks by their types, and tells of which process they are", async () => {
    const aim = (): { words: string[]; pid: number } => ({
      words: ["echo", '{"tasks": {"idle": 2, "busy": 3}}'],
      pid: 42,
    });
    expect(await look("", { aim })).toEqual({
      probe: "stats",
      pid: 42,
      tasks: 5,
      tasksByType: { idle: 2, busy: 3 },
      gaps: [],
    });
  });

  it("states what it costs", () => {
    const { cost, connects } = attachCommand({
      name: "jvm",
      program: "/usr/bin/jcmd",
      aim: () => ({ words: [], pid: undefined }),
      onStart: () => undefined,
      clock,
      limitMs: 1,
    });
    expect([cost, connects]).toEqual(["one run of jcmd", true]);
  });

  it.each([
    ["exit 3", "exit code 3"],
    ["echo first >&2; echo 'no such \u001b[31mprocess' >&2; exit 1", "exit code 1: no such  [31mprocess"],
    ["kill -TERM $$", "ended by SIGTERM"],
    ["true", "it printed no number"],
    ["echo queue three", 'line 1 is no `name value`: "queue three"'],
    ["echo tasks -1", "tasks is -1, which is no count"],
    ["echo tasks 1.5", "tasks is 1.5, which is no count"],
    ["echo memory 1e300", "memory is 1e+300, which is no count"],
    ["yes", "it printed more than 64 KiB"],
    ["yes >&2 | head -c 10 >/dev/null & echo x y; exit 1", /^exit code 1/],
  ])("leaves a gap on %j", async (script, why) => {
    const sample = await look(script);
    expect(sample).toEqual({
      probe: "stats",
      gaps: [
        { what: "command probe stats", why: typeof why === "string" ? why : expect.stringMatching(why) },
      ],
    });
  });

  it("leaves a gap where there is no such program, or nothing to look at", async () => {
    const aim = (words: string[]) => () => ({ words, pid: undefined });
    expect(await whyOf("", { aim: aim(["/nowhere/stats"]) })).toBe("cannot be run: ENOENT");
    expect(await whyOf("", { aim: aim(["/dev/null"]) })).toBe("cannot be run: EACCES");
    expect(await whyOf("", { aim: aim(["a\0b"]) })).toMatch(/null bytes/);
    const lost = (): never => {
      throw new Error("no process of the target's listens on port 80");
    };
    expect(await whyOf("", { aim: lost })).toBe("no process of the target's listens on port 80");
  });

  it("gives up at its time limit, when aborted, and when that had come before", async () => {
    expect(await whyOf("sleep 30", { limitMs: 50 })).toBe("no answer within 50 ms");
    const probe = attachCommand({
      name: "stats",
      program: "sleep",
      aim: () => ({ words: ["sleep", "30"], pid: undefined }),
      onStart: () => undefined,
      clock,
      limitMs: 30_000,
    });
    const early = new AbortController();
    const looking = probe.sample({ collect: true, signal: early.signal });
    early.abort();
    expect((await looking).gaps[0]?.why).toBe("aborted");
    const late = await probe.sample({ collect: true, signal: AbortSignal.abort() });
    expect(late.gaps[0]?.why).toBe("aborted");
    await probe.close();
  });
});

describe("nothing is left of it", () => {
  const isAlive = (path: string): boolean => existsSync(`/proc/${readFileSync(path, "utf8").trim()}`);

  it.each([
    ["that ends well", "echo queue 1", 5000],
    ["that hangs", "sleep 30", 100],
    ["that ignores SIGTERM", "trap '' TERM; sleep 30", 100],
    ["that floods", "yes", 5000],
  ])("of one %s and has forked, which holds its output", async (_, script, limitMs) => {
    const pids = join(folder(), "pid");
    await look(`sleep 60 & echo $! > ${pids}; ${script}`, { limitMs });
    await until(() => !isAlive(pids));
  });

  it("and its pid is told before it is waited for", async () => {
    const told: number[] = [];
    const sample = await look("echo pid $$", { onStart: (pid) => told.push(pid) });
    expect(told).toEqual([sample.values?.["pid"]]);
  });
});
