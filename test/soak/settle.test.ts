import { describe, expect, it } from "vitest";
import { settle } from "../../src/soak/settle.js";
import { FakeClock } from "../support/fake-clock.js";

const times = { quietMs: 300, withinMs: 2000 };

describe("settle", () => {
  it("is quiet once nothing has changed for the quiet time", async () => {
    const clock = new FakeClock();
    const startMs = clock.now();
    const quiet = await settle({
      settle: times,
      clock,
      look: () => "same",
      signal: new AbortController().signal,
    });
    expect(quiet).toBe(true);
    expect(clock.now() - startMs).toBe(300);
  });

  it("starts counting anew at every change", async () => {
    const clock = new FakeClock();
    const startMs = clock.now();
    const look = (): string => (clock.now() - startMs < 500 ? String(clock.now()) : "at rest");
    const quiet = await settle({ settle: times, clock, look, signal: new AbortController().signal });
    expect(quiet).toBe(true);
    expect(clock.now() - startMs).toBe(800);
  });

  it("says that a target which never rests was not quiet, and stops waiting", async () => {
    const clock = new FakeClock();
    const startMs = clock.now();
    const look = (): string => String(clock.now());
    const quiet = await settle({ settle: times, clock, look, signal: new AbortController().signal });
    expect(quiet).toBe(false);
    expect(clock.now() - startMs).toBe(2000);
  });

  it("ends at once when aborted", async () => {
    const clock = new FakeClock();
    const startMs = clock.now();
    const quiet = await settle({ settle: times, clock, look: () => "same", signal: AbortSignal.abort() });
    expect(quiet).toBe(false);
    expect(clock.now()).toBe(startMs);
  });
});
