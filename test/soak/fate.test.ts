import { describe, expect, it } from "vitest";
import { Fate } from "../../src/soak/fate.js";
import { targetOf } from "./fakes.js";

function fateOf() {
  const [stop, unwritable] = [new AbortController(), new AbortController()];
  return { stop, unwritable, fate: new Fate({ stop: stop.signal, unwritable: unwritable.signal }) };
}

describe("fate", () => {
  it("is complete where nothing happened", () => {
    const { fate } = fateOf();
    expect([fate.ending.aborted, fate.dead.aborted]).toEqual([false, false]);
    expect(fate.told(targetOf())).toEqual({ outcome: "complete", reason: undefined, logTail: [] });
  });

  it("an interrupt ends the load, and no more than that", () => {
    const { fate, stop } = fateOf();
    stop.abort();
    expect([fate.ending.aborted, fate.dead.aborted]).toEqual([true, false]);
    expect(fate.told(targetOf()).outcome).toBe("interrupted");
  });

  it("a record that cannot be written ends everything", () => {
    const { fate, unwritable } = fateOf();
    unwritable.abort();
    expect([fate.ending.aborted, fate.dead.aborted]).toEqual([true, true]);
  });

  it("death is graver than a stall, and a stall than an interrupt", () => {
    const { fate, stop } = fateOf();
    stop.abort();
    fate.stalled("nothing landed");
    expect(fate.told(targetOf())).toMatchObject({ outcome: "stalled", reason: "nothing landed" });
    fate.died("it crashed");
    expect(fate.told(targetOf())).toMatchObject({ outcome: "broke", reason: "it crashed" });
  });

  it("the first stall is the one that counts, and comes with the target's last lines", () => {
    const { fate } = fateOf();
    fate.stalled("first");
    fate.stalled("second");
    expect(fate.told(targetOf())).toEqual({ outcome: "stalled", reason: "first", logTail: ["last words"] });
  });
});
