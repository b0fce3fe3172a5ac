import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterAll, describe, expect, it } from "vitest";
import { ShownTerminal } from "../../support/terminal.js";
import {
  bin,
  cleanUpAfterEach,
  eventually,
  fixture,
  recorded,
  scenario,
  scenarioFile,
  tempFolder,
} from "../rig.js";

cleanUpAfterEach();
const ends: (() => void)[] = [];
afterAll(() => {
  for (const end of ends.splice(0)) end();
});

const size = { columns: 90, rows: 30 };

interface AtTerminal {
  readonly type: (keys: string) => void;
  readonly raw: () => string;
  /** What it shows now. */
  readonly lines: () => Promise<string[]>;
  readonly isUnderWay: () => boolean;
  /** The pid of the tool itself. */
  readonly pid: () => number;
  /** Its exit code, once the shell behind it has said how it found the terminal. */
  readonly ended: () => Promise<{
    readonly code: number;
    readonly isSane: boolean;
    readonly isCursorShown: boolean;
  }>;
}

/** A run that would take two minutes, in a shell in a terminal of its own. */
async function atTerminal(env: NodeJS.ProcessEnv = {}): Promise<AtTerminal> {
  const cwd = tempFolder({ keep: true });
  const load = { load: { duration: "2m", batch: 10, concurrency: 5, warmup: 10 } };
  scenarioFile(cwd, scenario(fixture("echoes.mjs"), load));
  const tool = `"${process.execPath}" "${bin}" run small.yaml --no-why --out out`;
  // The shell's exec keeps the pid, so that a signal meets the tool and not the shell.
  const script = `stty -g >before; sh -c 'echo $$ >pid; exec ${tool}'; echo $? >code; stty -g >after; echo >done`;
  const child = spawn("sh", ["-c", script], {
    cols: size.columns,
    rows: size.rows,
    cwd,
    env: { ...process.env, CI: "", NO_COLOR: "1", TERM: "xterm-256color", ...env },
  });
  let raw = "";
  child.onData((text) => (raw += text));
  ends.push(() => child.kill("SIGKILL"));
  const text = (name: string): string => readFileSync(join(cwd, name), "utf8").trim();
  const shown = async (): Promise<ShownTerminal> => {
    const terminal = new ShownTerminal(size);
    await terminal.write(raw);
    return terminal;
  };
  return {
    type: (keys) => child.write(keys),
    raw: () => raw,
    lines: async () => (await shown()).lines(),
    isUnderWay: () => recorded(join(cwd, "out"), '"phase":"batch","batch":2') && raw.includes("● batch"),
    pid: () => Number(text("pid")),
    ended: async () => {
      await eventually(() => existsSync(join(cwd, "done")), "the end");
      const isSane = text("before") === text("after");
      return { code: Number(text("code")), isSane, isCursorShown: (await shown()).isCursorShown };
    },
  };
}

async function underWay(): Promise<AtTerminal> {
  const run = await atTerminal();
  await eventually(run.isUnderWay, "the second batch");
  return run;
}

describe.concurrent("a run at a real terminal", () => {
  it("shows where it is, and gives the terminal back after q, with the exit code of the verdict", async () => {
    const run = await underWay();
    const lines = (await run.lines()).join("\n");
    expect(lines).toMatch(/^small +\d:\d\d gone, about \d:\d\d left$/m);
    expect(lines).toMatch(/^✓ start {2}✓ warm-up {2}✓ baseline {2}● batch \d+/m);
    expect(lines).toMatch(/^fds +\d+ +\d+ /m);
    expect(lines).toMatch(/^q stop and judge {2}space pause/m);
    run.type("q");
    const { code, isSane, isCursorShown } = await run.ended();
    expect([0, 3]).toContain(code);
    expect({ isSane, isCursorShown }).toEqual({ isSane: true, isCursorShown: true });
    const after = await run.lines();
    expect(after[0]).toBe("stopping: no more load, judging what there is; Ctrl-C to leave at once");
    expect(after.join("\n")).not.toContain("q stop and judge");
  });

  it.each<[string, (run: AtTerminal) => void, number]>([
    ["Ctrl-C twice", ({ type }) => type("\u0003\u0003"), 130],
    ["kill -TERM", ({ pid }) => void process.kill(pid(), "SIGTERM"), 143],
  ])("gives the terminal back after %s", async (_, end, exitCode) => {
    const run = await underWay();
    end(run);
    expect(await run.ended()).toEqual({ code: exitCode, isSane: true, isCursorShown: true });
    expect((await run.lines()).join("\n")).not.toContain("q stop and judge");
  });

  it("gives the terminal back after an error that nobody catches, and tells it below nothing else", async () => {
    const run = await atTerminal({
      NODE_OPTIONS: `--import ${resolve("test/fixtures/cli/throws-later.mjs")}`,
    });
    expect(await run.ended()).toEqual({ code: 4, isSane: true, isCursorShown: true });
    const [first, second] = await run.lines();
    expect(first).toBe("watertight: this is a bug in watertight, please report it");
    expect(second).toContain("notThere is not defined");
  });
});
