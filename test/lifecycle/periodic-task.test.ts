import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PeriodicTask } from "../../src/lifecycle/index.js";

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A task whose every run ends when told to. */
function heldUp(): { task: () => Promise<void>; end: () => void; runs: () => number } {
  let runs = 0;
  let end = (): void => {};
  const task = (): Promise<void> => {
    runs += 1;
    return new Promise((resolve) => {
      end = resolve;
    });
  };
  return { task, end: () => end(), runs: () => runs };
}

test("runs once per interval, not before the first", async () => {
  const task = vi.fn();
  const periodic = new PeriodicTask({ intervalMs: 100, task });
  periodic.start();
  await vi.advanceTimersByTimeAsync(99);
  expect(task).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(201);
  expect(task).toHaveBeenCalledTimes(3);
  await periodic.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(task).toHaveBeenCalledTimes(3);
});

test("does not run twice at once", async () => {
  const { task, end, runs } = heldUp();
  const periodic = new PeriodicTask({ intervalMs: 100, task });
  periodic.start();
  await vi.advanceTimersByTimeAsync(500);
  expect(runs()).toBe(1);
  end();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs()).toBe(2);
  end();
  await periodic.stop();
});

test("started twice it is one task", async () => {
  const task = vi.fn();
  const periodic = new PeriodicTask({ intervalMs: 100, task });
  periodic.start();
  periodic.start();
  expect(vi.getTimerCount()).toBe(1);
  await periodic.stop();
});

test("stop waits for the run under way, which is told", async () => {
  const { task, end } = heldUp();
  const signals: AbortSignal[] = [];
  const periodic = new PeriodicTask({
    intervalMs: 100,
    task: (signal) => {
      signals.push(signal);
      return task();
    },
  });
  periodic.start();
  await vi.advanceTimersByTimeAsync(100);
  const stopped = vi.fn();
  const stopping = periodic.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(1000);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(stopped).not.toHaveBeenCalled();
  end();
  await stopping;
  expect(stopped).toHaveBeenCalledOnce();
});

test.each([
  { how: "throws", task: fail },
  { how: "rejects", task: (): Promise<void> => Promise.reject(new Error("failed")) },
])("a task that $how goes on", async ({ task }) => {
  const errors: unknown[] = [];
  const periodic = new PeriodicTask({ intervalMs: 100, task, onError: (error) => errors.push(error) });
  periodic.start();
  await vi.advanceTimersByTimeAsync(300);
  expect(errors).toEqual([new Error("failed"), new Error("failed"), new Error("failed")]);
  await periodic.stop();
});

test("nobody need listen for errors", async () => {
  const task = vi.fn(fail);
  const periodic = new PeriodicTask({ intervalMs: 100, task });
  periodic.start();
  await vi.advanceTimersByTimeAsync(200);
  expect(task).toHaveBeenCalledTimes(2);
  await periodic.stop();
});

test("an abort stops it and leaves no listener", async () => {
  const controller = new AbortController();
  const task = vi.fn();
  const periodic = new PeriodicTask({ intervalMs: 100, task, signal: controller.signal });
  periodic.start();
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(task).not.toHaveBeenCalled();
});

test("stop leaves no listener on the signal", async () => {
  const { signal } = new AbortController();
  const periodic = new PeriodicTask({ intervalMs: 100, task: () => {}, signal });
  periodic.start();
  await periodic.stop();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("is not started once stopped, nor with an aborted signal; stop before start is fine", async () => {
  const stopped = new PeriodicTask({ intervalMs: 100, task: () => {} });
  await stopped.stop();
  stopped.start();
  new PeriodicTask({ intervalMs: 100, task: () => {}, signal: AbortSignal.abort() }).start();
  expect(vi.getTimerCount()).toBe(0);
});

function fail(): void {
  throw new Error("failed");
}
