import { describe, expect, it } from "vitest";
import { type EngineRun, runEngine } from "../../src/engine/run-engine.js";
import { Problem } from "../../src/model/problem.js";

/** A shell line as an engine; its group is ended in place of its tree. */
function engine(line: string, parts: Partial<EngineRun> = {}): EngineRun & { readonly pids: number[] } {
  const pids: number[] = [];
  return {
    pids,
    words: ["sh", "-c", line],
    env: process.env,
    onStart: (pid) => void pids.push(pid),
    endTree: async () => {
      try {
        process.kill(-(pids[0] ?? 0), "SIGKILL");
      } catch {
        // It has ended already.
      }
    },
    withinMs: 20_000,
    signal: new AbortController().signal,
    ...parts,
  };
}

describe("an engine", () => {
  it("is run to its end, and heard", async () => {
    const end = await runEngine(engine("echo one; echo two >&2; exit 3"));
    expect(end).toEqual({
      stdout: "one\n",
      stderr: "two\n",
      exitCode: 3,
      exitSignal: null,
      ended: "by itself",
    });
  });

  it("has a session of its own", async () => {
    const run = engine("ps -o sid= -p $$");
    const { stdout } = await runEngine(run);
    expect(stdout.trim()).toBe(String(run.pids[0]));
  });

  it("that prints without end is heard at its end", async () => {
    const { stdout } = await runEngine(engine("yes | head -c 5000000; echo summary"));
    expect(stdout.length).toBeLessThanOrEqual(1024 ** 2);
    expect(stdout.endsWith("y\nsummary\n")).toBe(true);
  });

  it("that does not end in its time is ended", async () => {
    const end = await runEngine(engine("echo begun; sleep 60", { withinMs: 300 }));
    expect(end).toMatchObject({ stdout: "begun\n", exitSignal: "SIGKILL", ended: "overdue" });
  });

  it("is ended when the load is to stop", async () => {
    const stop = new AbortController();
    const run = engine("sleep 60", { signal: stop.signal, onStart: () => undefined });
    const ended = runEngine({ ...run, onStart: (pid) => (run.pids.push(pid), stop.abort()) });
    expect(await ended).toMatchObject({ ended: "stopped" });
  });

  it("whose child holds its output is not waited for", async () => {
    const held = engine("sleep 60 & echo done", { endTree: async () => undefined });
    const { stdout } = await runEngine(held);
    process.kill(-(held.pids[0] ?? 0), "SIGKILL");
    expect(stdout).toBe("done\n");
  });

  it("that is not there is named, with what to do", async () => {
    const run = runEngine({ ...engine(""), words: ["no-such-engine", "run"] });
    await expect(run).rejects.toBeInstanceOf(Problem);
    await expect(run).rejects.toMatchObject({
      message: "cannot start the engine no-such-engine",
      why: "there is no program of that name in PATH",
      exitCode: 4,
    });
  });
});
