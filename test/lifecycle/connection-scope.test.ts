import { describe, expect, test } from "vitest";
import { ConnectionScope, type ReleaseReport } from "../../src/lifecycle/index.js";
import { until } from "./held.js";

const never = (): Promise<void> => new Promise(() => {});

function timers(): number {
  return process.getActiveResourcesInfo().filter((type) => type === "Timeout").length;
}

test("aborts first, then releases the last one owned first, each after the one before", async () => {
  const scope = new ConnectionScope();
  const order: string[] = [];
  scope.own("client", () => void order.push("client"));
  scope.own("process", async () => {
    order.push("process begins");
    await Promise.resolve();
    order.push("process ends");
  });
  scope.signal.addEventListener("abort", () => order.push("abort"));
  expect(scope.signal.aborted).toBe(false);
  expect(await scope.close("left")).toEqual([
    { name: "process", outcome: "done" },
    { name: "client", outcome: "done" },
  ]);
  expect(order).toEqual(["abort", "process begins", "process ends", "client"]);
  expect(scope.signal.reason).toBe("left");
});

test("one that throws, rejects or hangs does not stop the others, and is reported", async () => {
  const problems: ReleaseReport[] = [];
  const scope = new ConnectionScope({ stepTimeoutMs: 10, onProblem: (report) => problems.push(report) });
  const released: string[] = [];
  scope.own("first", () => void released.push("first"));
  scope.own("throws", () => {
    throw new Error("thrown");
  });
  scope.own("rejects", () => Promise.reject(new Error("rejected")));
  scope.own("hangs", never);
  const failed = [
    { name: "hangs", outcome: "timed out" },
    { name: "rejects", outcome: "failed", error: new Error("rejected") },
    { name: "throws", outcome: "failed", error: new Error("thrown") },
  ];
  expect(await scope.close()).toEqual([...failed, { name: "first", outcome: "done" }]);
  expect(problems).toEqual(failed);
  expect(released).toEqual(["first"]);
});

test("closes once", async () => {
  const scope = new ConnectionScope();
  let releases = 0;
  scope.own("socket", () => void (releases += 1));
  const [first, second] = await Promise.all([scope.close(), scope.close()]);
  expect(second).toBe(first);
  expect(await scope.close()).toBe(first);
  expect(releases).toBe(1);
});

test("what is disowned is not released, not even in the middle of closing", async () => {
  const scope = new ConnectionScope();
  const released: string[] = [];
  const disownFirst = scope.own("first", () => void released.push("first"));
  scope.own("second", () => {
    released.push("second");
    disownFirst();
  });
  scope.own("third", () => void released.push("third"))();
  expect(await scope.close()).toEqual([{ name: "second", outcome: "done" }]);
  expect(released).toEqual(["second"]);
});

test.each(["while it closes", "after it closed"])("what is owned %s is released at once", async (when) => {
  const problems: ReleaseReport[] = [];
  const scope = new ConnectionScope({ onProblem: (report) => problems.push(report) });
  const closed = scope.close();
  if (when === "after it closed") await closed;
  let released = false;
  scope.own("late", () => {
    released = true;
  });
  expect(released).toBe(true);
  scope.own("late and broken", () => Promise.reject(new Error("broken")));
  await until(() => problems.length > 0);
  expect(problems.map(({ name }) => name)).toEqual(["late and broken"]);
  await closed;
});

test("an abort listener may own, close and disown", async () => {
  const scope = new ConnectionScope();
  let released = 0;
  const disown = scope.own("disowned", () => void (released += 10));
  scope.signal.addEventListener("abort", () => {
    scope.own("late", () => void (released += 1));
    void scope.close();
    disown();
  });
  expect(await scope.close()).toEqual([]);
  expect(released).toBe(1);
});

describe("timers", () => {
  test("fire, and are no longer owned afterwards", async () => {
    const scope = new ConnectionScope();
    let ticks = 0;
    let fired = 0;
    const stop = scope.setInterval(() => void (ticks += 1), 1);
    scope.setTimeout(() => void (fired += 1), 1);
    await until(() => ticks > 2 && fired === 1);
    stop();
    expect(await scope.close()).toEqual([]);
  });

  test("are cleared on closing", async () => {
    const before = timers();
    const scope = new ConnectionScope();
    let fired = 0;
    scope.setInterval(() => void (fired += 1), 60_000);
    scope.setTimeout(() => void (fired += 1), 60_000);
    expect(timers()).toBe(before + 2);
    const reports = await scope.close();
    expect(reports.map(({ name }) => name)).toEqual(["timeout", "interval"]);
    expect(timers()).toBe(before);
    expect(fired).toBe(0);
  });

  test("can be cleared by hand, and are not set after closing", async () => {
    const before = timers();
    const scope = new ConnectionScope();
    scope.setTimeout(() => {}, 60_000)();
    scope.setInterval(() => {}, 60_000)();
    expect(timers()).toBe(before);
    await scope.close();
    scope.setTimeout(() => {}, 60_000)();
    scope.setInterval(() => {}, 60_000);
    expect(timers()).toBe(before);
  });
});

test("a thousand connections leave no task", async () => {
  const before = process.getActiveResourcesInfo().length;
  for (let i = 0; i < 1000; i += 1) {
    const scope = new ConnectionScope();
    scope.setInterval(() => {}, 1000);
    scope.setTimeout(() => {}, 1000);
    scope.own("something", () => Promise.resolve());
    await scope.close();
  }
  expect(process.getActiveResourcesInfo().length).toBe(before);
});
