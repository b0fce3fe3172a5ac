import { describe, expect, it } from "vitest";
import { HoldBack } from "../../src/soak/hold-back.js";
import { FakeClock } from "../support/fake-clock.js";

const forever = new AbortController().signal;

function held() {
  const clock = new FakeClock();
  const told: unknown[] = [];
  const journal = {
    held: () => void told.push("held"),
    released: (pause: object) => void told.push(pause),
  };
  return { clock, told, holdBack: new HoldBack({ clock, journal }) };
}

describe("what holds operations back", () => {
  it("lets everything begin at once while nobody pauses", () => {
    expect(held().holdBack.wait(forever)).toBeUndefined();
  });

  it("counts a pause from the first operation that waits, until it is over", async () => {
    const { clock, told, holdBack } = held();
    holdBack.pause();
    await clock.sleep(5000);
    const [first, second] = [holdBack.wait(forever), holdBack.wait(forever)];
    const fromMs = clock.now();
    await clock.sleep(3000);
    expect(holdBack.heldMs).toBe(3000);
    holdBack.resume();
    await first;
    await second;
    expect(told).toEqual(["held", { atMs: fromMs, forMs: 3000, suspended: false }]);
    await clock.sleep(1000);
    expect(holdBack.heldMs).toBe(3000);
    expect(holdBack.wait(forever)).toBeUndefined();
  });

  it("is no pause where nothing ever waited", async () => {
    const { clock, told, holdBack } = held();
    holdBack.pause();
    await clock.sleep(5000);
    holdBack.resume();
    expect([told, holdBack.heldMs]).toEqual([[], 0]);
  });

  it("counts all of the time for which the tool stood still", async () => {
    const { clock, told, holdBack } = held();
    holdBack.pause();
    holdBack.suspend();
    await clock.sleep(60_000);
    holdBack.resume();
    expect(told).toEqual(["held", { atMs: clock.now() - 60_000, forMs: 60_000, suspended: true }]);
  });

  it("lets go of everybody when the run is ended, and tells of the pause all the same", async () => {
    const { clock, told, holdBack } = held();
    const ending = new AbortController();
    holdBack.pause();
    const wait = holdBack.wait(ending.signal);
    await clock.sleep(2000);
    ending.abort();
    await wait;
    expect(told).toMatchObject(["held", { forMs: 2000 }]);
    expect(holdBack.wait(ending.signal)).toBeUndefined();
  });
});
