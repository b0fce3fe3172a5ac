import { describe, expect, it } from "vitest";
import { LatestOnly } from "../../src/gateway/latest-only.js";

/** Items end when told to, or when interrupted. */
function rig() {
  const events: string[] = [];
  let end = (): void => {};
  const queue = new LatestOnly<string>({
    run: (item) => {
      events.push(`start ${item}`);
      return new Promise<void>((resolve) => {
        end = () => {
          events.push(`end ${item}`);
          resolve();
        };
      });
    },
    interrupt: () => events.push("interrupt"),
    onReplaced: (item) => events.push(`replaced ${item}`),
  });
  const endCurrent = async (): Promise<void> => {
    end();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { events, queue, endCurrent };
}

describe("LatestOnly", () => {
  it("runs one after the other, and ends the one before", async () => {
    const { events, queue, endCurrent } = rig();
    queue.submit("a");
    queue.submit("b");
    expect(events).toEqual(["start a", "interrupt"]);
    await endCurrent();
    await endCurrent();
    queue.submit("c");
    expect(events).toEqual(["start a", "interrupt", "end a", "start b", "end b", "start c"]);
  });

  it("keeps one place in the queue, for the newest", async () => {
    const { events, queue, endCurrent } = rig();
    for (const item of ["a", "b", "c"]) queue.submit(item);
    expect(events).toContain("replaced b");
    await endCurrent();
    expect(events.at(-1)).toBe("start c");
  });

  it("does not run what was cleared", async () => {
    const { events, queue, endCurrent } = rig();
    queue.submit("a");
    queue.submit("b");
    queue.clear();
    await endCurrent();
    expect(events).not.toContain("start b");
  });
});
