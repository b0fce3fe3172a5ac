import { expect, it } from "vitest";
import { stopTarget } from "../../src/soak/stop.js";
import { FakeClock } from "../support/fake-clock.js";
import { noMarks, scenarioOf, targetOf } from "./fakes.js";

/** What happened in which order. */
async function orderOf({ isDead = false } = {}): Promise<string[]> {
  const told: string[] = [];
  const tell = (what: string) => async (): Promise<void> => void told.push(what);
  const target = targetOf();
  const stop: typeof target.stop = async (asked) => {
    told.push(`${asked.signal} within ${asked.withinMs}`);
    return target.stop(asked);
  };
  const hold = async (flow: string, sessions: number) => {
    told.push(`${sessions} sessions of ${flow}`);
    return { open: sessions, failed: [], release: tell("release") };
  };
  const whileOpen = { flow: "only", sessions: 5 };
  const dead = isDead ? AbortSignal.abort() : new AbortController().signal;
  const line = await stopTarget({
    target: { ...target, stop },
    driver: { hold, close: tell("close") },
    scenario: scenarioOf({ stop: { signal: "SIGINT", within: "2s", whileOpen } }),
    marks: noMarks,
    clock: new FakeClock(),
    dead,
  });
  expect(line).toMatchObject({ type: "stop", atMs: 1_000_000, graceful: true });
  return told;
}

it("stops the target while sessions are open, and lets go of them afterwards", async () => {
  expect(await orderOf()).toEqual(["5 sessions of only", "SIGINT within 2000", "release", "close"]);
});

it("opens no sessions to a target that is dead", async () => {
  expect(await orderOf({ isDead: true })).toEqual(["SIGINT within 2000", "close"]);
});
