import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OutputRelay } from "../../src/lifecycle/output-relay.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

interface Relayed {
  readonly relay: OutputRelay;
  readonly calls: string[];
}

function relayed(): Relayed {
  const calls: string[] = [];
  const relay = new OutputRelay({
    pause: () => void calls.push("pause"),
    resume: () => void calls.push("resume"),
    close: () => void calls.push("close"),
  });
  return { relay, calls };
}

test("stops its source while the reader is behind, and lets it go on afterwards", async () => {
  const { relay, calls } = relayed();
  relay.push(Buffer.alloc(relay.output.readableHighWaterMark));
  expect(calls).toEqual(["pause"]);
  relay.output.resume();
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls.at(-1)).toBe("resume");
  relay.output.destroy();
});

test("after the writer's exit takes all there is without waiting for the reader", async () => {
  const { relay, calls } = relayed();
  const drained = relay.drain();
  relay.push(Buffer.alloc(500_000, "x"));
  relay.end();
  await drained;
  expect(calls).toEqual(["resume", "close"]);
  const read = await relay.output.toArray();
  expect(Buffer.concat(read)).toHaveLength(500_000);
});

test("a source that somebody else holds open is closed after 100 ms of silence", async () => {
  const { relay, calls } = relayed();
  const drained = relay.drain();
  vi.advanceTimersByTime(99);
  relay.push(Buffer.from("x"));
  vi.advanceTimersByTime(99);
  expect(calls).not.toContain("close");
  vi.advanceTimersByTime(1);
  expect(calls).toContain("close");
  await drained;
});

test("a source that somebody else goes on writing to is closed after a second", async () => {
  const { relay, calls } = relayed();
  const drained = relay.drain();
  for (let ms = 0; ms < 1000; ms += 50) {
    expect(calls).not.toContain("close");
    relay.push(Buffer.from("x"));
    vi.advanceTimersByTime(50);
  }
  expect(calls).toContain("close");
  await drained;
});

test("a source that somebody else floods is closed after a MiB", async () => {
  const { relay, calls } = relayed();
  const drained = relay.drain();
  relay.push(Buffer.alloc(1024 * 1024));
  expect(calls).not.toContain("close");
  relay.push(Buffer.from("x"));
  expect(calls).toContain("close");
  await drained;
});

test("is closed with its output, once, and takes nothing after that", async () => {
  const { relay, calls } = relayed();
  relay.output.destroy();
  await new Promise((resolve) => relay.output.once("close", resolve));
  relay.push(Buffer.from("late"));
  relay.end();
  await relay.drain();
  expect(calls).toEqual(["close"]);
});
