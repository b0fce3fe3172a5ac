import { expect, test } from "vitest";
import { CleanupStack } from "../../src/lifecycle/cleanup-stack.js";

test("runs the last one added first, each once", async () => {
  const stack = new CleanupStack(1000);
  const ran: number[] = [];
  for (const n of [1, 2, 3]) stack.add(() => void ran.push(n));
  expect(await Promise.all([stack.run(), stack.run()])).toEqual([[], []]);
  expect(ran).toEqual([3, 2, 1]);
});

test("one that throws or rejects does not stop the others", async () => {
  const stack = new CleanupStack(1000);
  const ran: string[] = [];
  stack.add(() => void ran.push("first"));
  stack.add(() => {
    throw new Error("thrown");
  });
  stack.add(() => Promise.reject(new Error("rejected")));
  expect(await stack.run()).toEqual([new Error("rejected"), new Error("thrown")]);
  expect(ran).toEqual(["first"]);
});

test("one that hangs is given up", async () => {
  const stack = new CleanupStack(10);
  const ran: string[] = [];
  stack.add(() => void ran.push("first"));
  stack.add(() => new Promise(() => {}));
  expect(await stack.run()).toEqual([new Error("a cleanup took longer than 10 ms")]);
  expect(ran).toEqual(["first"]);
});

test("one added by another is the next, one added after all runs at once", async () => {
  const stack = new CleanupStack(1000);
  const ran: string[] = [];
  stack.add(() => void ran.push("first"));
  stack.add(() => {
    ran.push("second");
    stack.add(() => void ran.push("added by the second"));
  });
  await stack.run();
  stack.add(() => void ran.push("late"));
  expect(ran).toEqual(["second", "added by the second", "first", "late"]);
});
