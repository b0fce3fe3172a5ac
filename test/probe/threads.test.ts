import * as fc from "fast-check";
import { expect, it } from "vitest";
import { attachThreads, countsByName } from "../../src/probe/threads.js";
import { never } from "./fixtures.js";

it("counts the threads of one pool together", () => {
  const names = ["java", "GC Thread#0", "GC Thread#11", "pool-1-thread-2", "pool-1-thread-17", " "];
  expect(countsByName(names, 3)).toEqual({
    java: 1,
    "GC Thread#N": 2,
    "pool-N-thread-N": 2,
    "a thread without a name": 1,
    "other threads": 3,
  });
});

it("counts every thread once, under a bounded number of names", () => {
  const letters = fc.string({ maxLength: 4 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 400 }), fc.nat(1000), (names, unread) => {
      const counts = Object.values(countsByName(names, unread));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(names.length + unread);
      expect(counts.length).toBeLessThanOrEqual(201);
    }),
  );
});

it("tells names and gaps, and leaves the counting of threads to the snapshot", async () => {
  const gaps = [{ what: "/proc/7/stat", why: "EACCES", pid: 7 }];
  const probe = attachThreads(() => ({ names: ["tokio-1", "tokio-2"], unread: 0, gaps }));
  const sample = await probe.sample({ collect: true, signal: never });
  expect(sample).toEqual({ probe: "threads", tasksByType: { "tokio-N": 2 }, gaps });
  await probe.close();
});
