import { EventEmitter, once } from "node:events";
import { describe, expect, it } from "vitest";
import type { TickLine } from "../../src/model/record.js";
import { Ticker } from "../../src/soak/ticker.js";
import type { Target } from "../../src/target/target.js";
import { FakeClock } from "../support/fake-clock.js";
import { main, noMarks, targetOf } from "./fakes.js";

/** Runs a ticker until it has ticked so often. */
async function ticksOf(count: number, target: Target): Promise<TickLine[]> {
  const ticks: TickLine[] = [];
  const enough = new EventEmitter();
  const onTick = (tick: TickLine): void => {
    ticks.push(tick);
    if (ticks.length === count) enough.emit("come");
  };
  const ticker = new Ticker({ target, clock: new FakeClock(), marks: noMarks, operations: () => 5, onTick });
  const come = once(enough, "come");
  ticker.start();
  await come;
  await ticker.stop();
  return ticks.slice(0, count);
}

describe("the ticker", () => {
  it("looks once a second, at the target and at the tool", async () => {
    const ticks = await ticksOf(3, targetOf());
    expect(ticks.map(({ atMs }) => atMs)).toEqual([1_000_000, 1_001_000, 1_002_000]);
    expect(ticks[0]).toMatchObject({ type: "tick", operations: 5, processes: 1, fds: 4, rssBytes: 1024 });
    expect(ticks[0]?.ownRssBytes).toBeGreaterThan(0);
    expect(ticks[0]?.ownCpuMs).toBeGreaterThan(0);
  });

  it("tells the time of two clocks", async () => {
    const ticks = await ticksOf(2, targetOf());
    expect(ticks.map(({ monotonicMs }) => monotonicMs)).toEqual([1000, 2000]);
  });

  it.each<[string, (number | undefined)[], (number | undefined)[]]>([
    ["the most since the last tick", [0, 0, 2, 1, 0, 0, 1, 0, 0, 0, 0], [0, 2, 1]],
    ["nothing where no look could tell", [undefined, 0, undefined, 0], [undefined, 0]],
  ])("of PTYs and processes tells %s", async (_, seen, ptys) => {
    let looks = 0;
    const glance = () => {
      const at = looks++;
      return { processes: 1 + (seen[at] ?? 0), running: [], ptys: at < seen.length ? seen[at] : undefined };
    };
    const ticks = await ticksOf(ptys.length, targetOf({ glance }));
    expect(ticks.map((tick) => tick.ptys)).toEqual(ptys);
    expect(ticks.map((tick) => tick.processes)).toEqual(ptys.map((count) => 1 + (count ?? 0)));
  });

  it("tells at each glance who runs", async () => {
    const seen: unknown[] = [];
    const marks = { see: (processes: readonly unknown[]) => void seen.push(processes) };
    const target = targetOf();
    const ticks = new EventEmitter();
    const options = { target, clock: new FakeClock(), marks, operations: () => 0 };
    const ticker = new Ticker({ ...options, onTick: (tick) => void ticks.emit("tick", tick) });
    ticker.start();
    await once(ticks, "tick");
    await once(ticks, "tick");
    await ticker.stop();
    expect(seen.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => [main]));
  });

  it("waits at its stop for the look under way, and does not tell of it", async () => {
    const looks = new EventEmitter();
    const over = once(looks, "over");
    const ticks: TickLine[] = [];
    const target = targetOf({ usage: () => over.then(() => targetOf().usage()) });
    const onTick = (tick: TickLine): void => void ticks.push(tick);
    const ticker = new Ticker({
      target,
      clock: new FakeClock(),
      marks: noMarks,
      operations: () => 0,
      onTick,
    });
    ticker.start();
    const stopped = ticker.stop();
    looks.emit("over");
    await stopped;
    expect(ticks).toEqual([]);
  });

  it("tells at its stop that a look failed", async () => {
    const target = targetOf({ usage: () => Promise.reject(new Error("no /proc")) });
    const ticker = new Ticker({
      target,
      clock: new FakeClock(),
      marks: noMarks,
      operations: () => 0,
      onTick: () => undefined,
    });
    ticker.start();
    await expect(ticker.stop()).rejects.toThrow("no /proc");
  });
});
