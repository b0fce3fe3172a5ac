import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { History } from "../../src/gateway/history.js";

describe("History", () => {
  it("keeps what was said in order and counts the prompts", () => {
    const history = new History();
    history.add({ sender: "user", content: "hi" });
    history.add({ sender: "agent", content: "hello" });
    history.add({ sender: "user", content: "bye" });
    expect(history.entries.map(({ content }) => content)).toEqual(["hi", "hello", "bye"]);
    expect(history.turns).toBe(2);
  });

  it("forgets all of it when a conversation begins anew", () => {
    const history = new History();
    history.add({ sender: "user", content: "hi" });
    history.clear();
    expect(history.entries).toEqual([]);
    expect(history.turns).toBe(0);
  });

  it("stays within its bounds, keeps the newest, and goes on counting", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 400 }), (long, short) => {
        const history = new History();
        const contents = [...long.map((size) => "x".repeat(size)), ...Array<string>(short).fill("y")];
        for (const content of contents) history.add({ sender: "user", content });
        const kept = history.entries.map(({ content }) => content);
        expect(kept.length).toBeLessThanOrEqual(200);
        expect(kept.join("").length).toBeLessThanOrEqual(128 * 1024);
        expect(kept).toEqual(contents.slice(contents.length - kept.length));
        expect(history.turns).toBe(contents.length);
      }),
      { numRuns: 50 },
    );
  });
});
