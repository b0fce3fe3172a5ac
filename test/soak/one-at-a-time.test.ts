import { describe, expect, it } from "vitest";
import { OneAtATime } from "../../src/soak/one-at-a-time.js";

describe("one at a time", () => {
  it("has work wait for what came before, also where that failed", async () => {
    const turns = new OneAtATime();
    const said: string[] = [];
    const work = (name: string, fails = false) =>
      turns.run(async () => {
        said.push(`${name} begins`);
        await Promise.resolve();
        said.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const all = [work("a", true), work("b"), work("c")];
    expect(turns.size).toBe(3);
    const ended = await Promise.allSettled(all);
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(said).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
    expect(turns.size).toBe(0);
  });
});
