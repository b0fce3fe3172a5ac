import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../src/model/history.js";
import { trendOf } from "../../src/history/trend.js";
import { commitOf, day } from "./sample-nights.js";
import { type Making, randomFrom, simulated } from "./simulated.js";

/** `CALIBRATE=400 npx vitest run test/history/trend-calibration` prints the figures of docs/reference/history.md. */
const asked = process.env["CALIBRATE"];
const histories = Number(asked ?? 120);
const usual: Making = {
  nights: 30,
  repeats: 2,
  leaks: (night) => night >= 20 && night < 27,
  seen: 0.95,
  wrong: 0.002,
  undecided: 0.05,
  missing: 0,
};

interface Tally {
  /** Exactly the two changes, on their nights. */
  readonly exact: number;
  /** Exactly two changes, and both ranges of commits hold what did it. */
  readonly held: number;
  /** Changes more than the two. */
  readonly surplus: number;
}

/** Shares of histories, but `surplus`: per history. */
function tally(making: Making): Tally {
  const random = randomFrom(7);
  const told = Array.from({ length: histories }, () => toldOf(simulated(making, random)));
  const mean = (of: (one: Tally) => number): number =>
    told.reduce((sum, one) => sum + of(one), 0) / histories;
  return {
    exact: mean(({ exact }) => exact),
    held: mean(({ held }) => held),
    surplus: mean((one) => one.surplus),
  };
}

function toldOf(entries: readonly HistoryEntry[]): Tally {
  const changes = trendOf(entries)[0]?.changes ?? [];
  const [leak, fix] = changes;
  const surplus = Math.max(0, changes.length - 2);
  if (changes.length !== 2 || leak?.kind !== "leak" || fix?.kind !== "fix")
    return { exact: 0, held: 0, surplus };
  const isExact = leak.night === firstRun(entries, 20) && fix.night === firstRun(entries, 27);
  return { exact: Number(isExact), held: Number(holds(leak, 20) && holds(fix, 27)), surplus };
}

/** The first night on which it could be seen. */
function firstRun(entries: readonly HistoryEntry[], from: number): string | undefined {
  return entries.find(({ night }) => night >= day(from))?.night;
}

interface Range {
  readonly afterCommit: string | undefined;
  readonly upToCommit: string | undefined;
}

/** After a commit without it, up to one with it. */
function holds({ afterCommit = "", upToCommit = "" }: Range, night: number): boolean {
  return afterCommit < commitOf(night) && upToCommit >= commitOf(night);
}

const years = asked === undefined ? 30 : 100;

/** Clean histories, as they are in a year: changes per history. */
function falseChanges(making: Partial<Making>): number {
  const random = randomFrom(11);
  const clean = { ...usual, nights: 365, leaks: () => false, ...making };
  let changes = 0;
  for (let history = 0; history < years; history++)
    changes += trendOf(simulated(clean, random))[0]?.changes.length ?? 0;
  return changes / years;
}

function tell(name: string, numbers: object): void {
  if (asked !== undefined) console.info(name, JSON.stringify(numbers));
}

describe("a leak of the nights 20 to 26 of 30", () => {
  it.each([
    { name: "two repeats", making: {}, exact: 0.93 },
    { name: "one repeat", making: { repeats: 1 }, exact: 0.7 },
    { name: "two repeats, a tenth of the nights missing", making: { missing: 0.1 }, exact: 0.88 },
    { name: "two repeats, a third undecided", making: { undecided: 0.33 }, exact: 0.65 },
    {
      name: "one repeat, a third undecided, rates of 6 errors",
      making: { repeats: 1, undecided: 0.33, rate: (night: number) => (usual.leaks(night) ? 6 : 0) },
      exact: 0.83,
    },
    {
      name: "a leak that 7 of 10 runs show, two repeats",
      making: { seen: 0.7 },
      exact: 0.73,
    },
  ])("$name", ({ name, making, exact }) => {
    const counted = tally({ ...usual, ...making });
    tell(name, counted);
    expect(counted.exact).toBeGreaterThan(exact);
    expect(counted.held).toBeGreaterThan(0.83);
    expect(counted.surplus).toBeLessThan(0.05);
  });

  it.each([
    { name: "on top of a leak, the rate doubles from 8 errors to 16", low: 8, exact: 0.95 },
    { name: "on top of a leak, the rate doubles from 5 errors to 10", low: 5, exact: 0.75 },
  ])("$name", ({ name, low, exact }) => {
    const rate = (night: number): number => (usual.leaks(night) ? 2 * low : low);
    const counted = tally({ ...usual, leaks: () => true, repeats: 1, seen: 1, rate });
    tell(name, counted);
    expect(counted.exact).toBeGreaterThan(exact);
    expect(counted.surplus).toBeLessThan(0.05);
  });
});

describe("no leak in 365 nights", () => {
  it.each([
    { name: "two repeats", making: {} },
    { name: "one repeat, 1 wrong fail in 100 runs", making: { repeats: 1, wrong: 0.01 } },
    { name: "a third undecided, with rates", making: { undecided: 0.33, rate: () => 0 } },
  ])("$name", ({ name, making }) => {
    const changes = falseChanges(making);
    tell(name, { changes });
    expect(changes).toBeLessThan(0.3);
  });

  it("a leak that always was, at a noisy rate", () => {
    const changes = falseChanges({ leaks: () => true, seen: 1, rate: () => 3 });
    tell("always leaking", { changes });
    expect(changes).toBeLessThan(0.05);
  });
});
