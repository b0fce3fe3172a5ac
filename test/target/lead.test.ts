import { afterEach, describe, expect, test } from "vitest";
import { freePort } from "../../src/target/port.js";
import { Launching, pidsNaming, textOf, words } from "./launching.js";

const launching = new Launching();
afterEach(() => launching.undo());

const graceful = { signal: "SIGTERM", withinMs: 10_000 } as const;

describe("a command that exits with 0 and leaves a server behind", () => {
  test.each(["auto", "marker"] as const)("is followed by its port alone (%s)", async (follow) => {
    const port = await freePort();
    const name = `serve.mjs\0${port}`;
    const heirs: number[] = [];
    const target = await launching.start(
      { words: words("fork-away.sh", String(port)), how: { kind: "port" } },
      {
        port,
        onHeir: ({ pid }) => heirs.push(pid),
        ...(follow === "marker" ? { follow } : {}),
      },
    );
    expect([target.pid]).toEqual(pidsNaming(name));
    expect(heirs).toEqual([target.pid]);
    expect(target.alive).toBe(true);
    expect(target.members().map(({ pid }) => pid)).toEqual([target.pid]);
    const report = await target.stop(graceful);
    expect(report).toMatchObject({
      graceful: true,
      survivors: [],
      unkillable: [],
      exitCode: null,
      signal: null,
    });
    expect(target.alive).toBe(false);
    expect(pidsNaming(name)).toEqual([]);
  });

  test("its end is the target's", async () => {
    const port = await freePort();
    const target = await launching.start(
      { words: words("fork-away.sh", String(port)), how: { kind: "port" } },
      { port },
    );
    process.kill(target.pid, "SIGKILL");
    expect(await target.exited).toMatchObject({ code: null, signal: null });
    expect(target.alive).toBe(false);
  });

  test("a worker that listens is not taken for the one that leads it", async () => {
    const port = await freePort();
    const target = await launching.start(
      { words: words("lead-from-behind.sh", String(port)), how: { kind: "port" } },
      { port },
    );
    expect(target.members()).toHaveLength(2);
    expect(textOf(`/proc/${target.pid}/comm`)).toBe("sh\n");
  });
});

test("a command that exits with 0 after it was ready, and leaves nobody who listens, has ended", async () => {
  const target = await launching.start({ words: ["sh", "-c", "sleep 60 & echo ready; sleep 0.2"] });
  expect(await target.exited).toMatchObject({ code: 0, signal: null });
  expect(target.alive).toBe(false);
  expect((await target.stop({ signal: "SIGTERM", withinMs: 100 })).survivors).toHaveLength(1);
});
