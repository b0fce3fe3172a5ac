import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/model/problem.js";
import type { Flow, Step } from "../../src/model/scenario.js";
import {
  batchOf,
  close,
  connect,
  driverOf,
  eventually,
  expectText,
  flowOf,
  send,
} from "../fixtures/drive/drive.js";
import { type WsServer, wsServer } from "../fixtures/drive/ws-server.js";

let server: WsServer;
afterEach(() => server.stop());

const echo = [connect, send("hi"), expectText("hi"), close];

describe("a batch", () => {
  it("lands every operation of a server that does as declared", async () => {
    server = await wsServer();
    const { driver, operations } = driverOf([flowOf(echo)], server.url);
    const tally = await driver.runBatch(batchOf(50, 10));
    expect(tally).toEqual({ landed: 50, failed: 0, aborted: 0, reasons: new Map() });
    expect(operations.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    expect(new Set(operations.map(({ batch }) => batch))).toEqual(new Set([1]));
    expect([driver.landed, driver.failed, driver.openSessions]).toEqual([50, 0, 0]);
  });

  it("has exactly as many sessions open as the concurrency allows", async () => {
    let open = 0;
    let most = 0;
    server = await wsServer({
      session: (ws) => {
        most = Math.max(most, ++open);
        ws.on("close", () => open--);
        ws.on("message", (data) => setTimeout(() => ws.send(data, { binary: false }), 5));
      },
    });
    const { driver } = driverOf([flowOf(echo)], server.url);
    await driver.runBatch(batchOf(60, 7));
    expect(most).toBe(7);
  });

  it("starts its first sessions evenly over the ramp", async () => {
    server = await wsServer();
    const asked: number[] = [];
    const clock = {
      now: () => 0,
      monotonic: () => 0,
      sleep: async (ms: number) => {
        asked.push(ms);
        await Promise.resolve();
      },
    };
    const { driver } = driverOf([flowOf(echo)], server.url, { clock });
    await driver.runBatch({ ...batchOf(20, 4), rampMs: 1000 });
    expect(asked).toEqual([0, 250, 500, 750]);
  });

  it("counts the same reason once however the details differ", async () => {
    server = await wsServer();
    const flow = flowOf([connect, send("{session}"), expectText("never", 30)]);
    const { driver, operations } = driverOf([flow], server.url);
    const tally = await driver.runBatch(batchOf(5, 5));
    expect(tally.reasons).toEqual(new Map([['step 3 expect: no frame "never" within 30 ms', 5]]));
    expect(new Set(operations.map(({ reason }) => reason)).size).toBe(5);
    expect(driver.failed).toBe(5);
  });

  it("repeats flows and session ids with the seed", async () => {
    server = await wsServer();
    const flows = [flowOf(echo, "a"), flowOf([connect, send("{session}"), close], "b")];
    const played = async (seed: number): Promise<string[]> => {
      const before = server.seen.length;
      const { driver, operations } = driverOf(flows, server.url, { seed });
      await driver.runBatch(batchOf(12));
      await eventually(
        () => server.seen.slice(before).every(({ events }) => events.length > 0),
        "the closes",
      );
      return [
        ...operations.map(({ flow }) => flow),
        ...server.seen.slice(before).flatMap(({ frames }) => frames),
      ];
    };
    const first = await played(5);
    expect(await played(5)).toEqual(first);
    expect(await played(6)).not.toEqual(first);
  });
});

describe("an operation that runs alone", () => {
  it("is the next one, of the latest batch, and told as one of the tail", async () => {
    server = await wsServer();
    const { driver, operations } = driverOf([flowOf(echo, "a"), flowOf(echo, "b")], server.url);
    await driver.runBatch({ ...batchOf(3), number: 7 });
    const alone = await driver.runAlone("b", new AbortController().signal);
    expect(alone).toMatchObject({ id: 4, flow: "b", batch: 7, outcome: "landed", tail: true });
    expect(operations.at(-1)).toBe(alone);
    expect(operations.slice(0, 3).filter((operation) => "tail" in operation)).toEqual([]);
    expect([alone.localPorts.length, driver.openSessions]).toEqual([1, 0]);
  });

  it.each(["the signal", "closing the driver"])("ends with %s", async (by) => {
    server = await wsServer();
    const controller = new AbortController();
    const { driver } = driverOf([flowOf([connect, expectText("never", 60_000)], "stuck")], server.url);
    const alone = driver.runAlone("stuck", controller.signal);
    await eventually(() => server.seen.length === 1, "the session");
    if (by === "the signal") controller.abort();
    else await driver.close();
    expect(await alone).toMatchObject({ outcome: "aborted", tail: true });
  });
});

describe("an aborted batch", () => {
  const stuck: readonly (readonly [string, readonly Step[]])[] = [
    ["expect", [connect, expectText("never", 60_000)]],
    ["wait", [connect, { kind: "wait", ms: 60_000 }]],
    ["silence", [connect, { kind: "drop", how: "silence", withinMs: 60_000 }]],
  ];
  it.each(stuck)("ends in the middle of %s, with all its sessions", async (_name, steps) => {
    server = await wsServer();
    const controller = new AbortController();
    const { driver, operations } = driverOf([flowOf(steps)], server.url);
    const running = driver.runBatch({ ...batchOf(100, 20), signal: controller.signal });
    await eventually(() => server.seen.length === 20, "20 sessions");
    expect(driver.openSessions).toBe(20);
    controller.abort();
    expect(await running).toEqual({ landed: 0, failed: 0, aborted: 20, reasons: new Map() });
    expect(operations.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => "aborted"));
    expect(driver.openSessions).toBe(0);
    await eventually(() => server.seen.every(({ events }) => events.includes("close 1006")), "the closes");
  });

  it("ends before the handshake as well", async () => {
    server = await wsServer({ upgrade: () => undefined });
    const controller = new AbortController();
    const { driver } = driverOf([flowOf([connect])], server.url);
    const running = driver.runBatch({ ...batchOf(3, 3), signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect((await running).aborted).toBe(3);
  });

  it("does not begin when the signal came first, or when the driver is closed", async () => {
    server = await wsServer();
    const { driver, operations } = driverOf([flowOf(echo)], server.url);
    await driver.runBatch({ ...batchOf(5), signal: AbortSignal.abort() });
    await driver.close();
    await driver.runBatch(batchOf(5));
    expect(operations).toEqual([]);
  });
});

describe("held sessions", () => {
  it("stay open before they would leave, until they are released", async () => {
    server = await wsServer();
    const { driver, operations } = driverOf([flowOf(echo, "talk")], server.url);
    const held = await driver.hold("talk", 150, new AbortController().signal);
    expect(held.open).toBe(150);
    expect(driver.openSessions).toBe(150);
    expect(server.seen.flatMap(({ events }) => events)).toEqual([]);
    await held.release();
    await held.release();
    expect([held.open, driver.openSessions, operations.length, driver.landed]).toEqual([0, 0, 150, 150]);
    await eventually(() => server.seen.every(({ events }) => events.length > 0), "the closes");
  });

  it("count as open only while the target has not hung up", async () => {
    server = await wsServer({ session: (ws) => ws.on("message", () => ws.close(1001)) });
    const { driver } = driverOf([flowOf([connect, send("x"), { kind: "wait", ms: 50 }], "talk")], server.url);
    const held = await driver.hold("talk", 3, new AbortController().signal);
    await eventually(() => held.open === 0, "the hang-up");
    await held.release();
  });

  it("tell which could not be opened", async () => {
    server = await wsServer({ upgrade: (_request, socket) => socket.destroy() });
    const { driver } = driverOf([flowOf(echo, "talk")], server.url);
    const held = await driver.hold("talk", 2, new AbortController().signal);
    expect(held.open).toBe(0);
    expect(held.failed.map(({ reason }) => reason)).toHaveLength(2);
    await held.release();
  });

  it.each(["the signal", "closing the driver"])("end with %s", async (by) => {
    server = await wsServer();
    const controller = new AbortController();
    const { driver } = driverOf([flowOf(echo, "talk")], server.url);
    const held = await driver.hold("talk", 5, controller.signal);
    if (by === "the signal") controller.abort();
    else await driver.close();
    await eventually(() => server.seen.every(({ events }) => events.includes("close 1006")), "the closes");
    await held.release();
    expect(driver.openSessions).toBe(0);
  });

  it("need a flow that exists", async () => {
    server = await wsServer();
    const { driver } = driverOf([flowOf(echo, "talk")], server.url);
    await expect(driver.hold("walk", 1, new AbortController().signal)).rejects.toThrow(Problem);
  });
});

describe("the driver", () => {
  it.each(["ftp://127.0.0.1:1", "127.0.0.1:80", ""])("refuses to drive %s", async (url) => {
    server = await wsServer();
    expect(() => driverOf([], url)).toThrow(Problem);
  });

  it("leaves nothing of its own behind after 300 mixed operations", async () => {
    server = await wsServer();
    const flows: Flow[] = [
      flowOf(echo, "echo", 4),
      flowOf([connect, send("x"), expectText("y", 20)], "fails"),
      flowOf([connect, { kind: "drop", how: "fin", withinMs: 5000 }], "fin"),
      flowOf([connect, { kind: "drop", how: "reset", withinMs: 5000 }], "reset"),
      flowOf([connect, { kind: "drop", how: "silence", withinMs: 20 }], "silence"),
      flowOf([connect, connect, { kind: "wait", ms: 5 }], "leaves open"),
      flowOf([{ ...connect, path: "http://127.0.0.1:1/" }], "refused"),
      flowOf(
        [{ kind: "http", method: "GET", path: "/", body: undefined, status: 200, withinMs: 5000 }],
        "http",
      ),
      flowOf([{ kind: "spawn", command: ["sleep", "600"] }], "spawn"),
      flowOf([{ kind: "exec", command: ["true"], exit: 0, withinMs: 5000 }], "exec"),
    ];
    const warmUp = driverOf(flows, server.url).driver;
    await warmUp.runBatch(batchOf(26, 8));
    await warmUp.close();
    const before = await steadilyHeld();
    const { driver, operations } = driverOf(flows, server.url);
    await driver.runBatch(batchOf(300, 8));
    await driver.close();
    expect(operations).toHaveLength(300);
    const unexpected = operations.filter(
      ({ flow, outcome }) => (outcome === "landed") === /fails|refused/.test(flow),
    );
    expect(unexpected).toEqual([]);
    await eventually(() => held() === before, `from ${held()} back to ${before}`);
  });
});

/** What is held once the sockets of the server have followed those of the driver. */
async function steadilyHeld(): Promise<string> {
  let last = held();
  let same = 0;
  await eventually(() => {
    const now = held();
    same = now === last ? same + 1 : 0;
    last = now;
    return same === 20;
  }, "a steady state");
  return last;
}

/** What this process holds, its server's side included: file descriptors and what keeps the loop alive. */
function held(): string {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) {
    // Timers come and go with the test runner and the idle checks of the server.
    if (type !== "Timeout" && type !== "Immediate") counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const types = [...counts].map(([type, count]) => `${type}:${count}`).toSorted();
  return `${readdirSync("/proc/self/fd").length} fds ${types.join(" ")}`;
}
