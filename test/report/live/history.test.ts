import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Held, Progress } from "../../../src/model/progress.js";
import type { Phase } from "../../../src/model/snapshot.js";
import { History, mostPoints } from "../../../src/report/live/history.js";
import { sparkline } from "../../../src/report/live/sparkline.js";
import { progress } from "./samples.js";

const bare: Progress = { ...progress, tasks: undefined, ptys: undefined, rssBytes: undefined };
const held: Held = { tasks: undefined, fds: 5, processes: 1, ptys: undefined, rssBytes: undefined };

function looked(phase: Phase, fds: number): Progress {
  return { ...bare, look: { phase, held: { ...held, fds } } };
}

function fdsOf(history: History) {
  return history.rows().find(({ what }) => what === "fds");
}

const never = (): boolean => false;

describe("the history of a run", () => {
  it("keeps the points of quiet since the baseline, and what there is now", () => {
    const history = new History(never);
    for (const fds of [3, 4]) history.add({ ...bare, fds });
    expect(fdsOf(history)).toMatchObject({ now: 4, baseline: undefined, points: [3, 4] });
    for (const fds of [6, 5]) history.add(looked("baseline", fds));
    history.add(looked("batch", 7));
    history.add({ ...bare, fds: 90 });
    history.add(looked("draining", 20));
    history.add(looked("drain", 8));
    expect(fdsOf(history)).toMatchObject({ now: 8, baseline: 5, points: [5, 7, 8] });
  });

  it("shows no row for what was never seen, and threads only where no tasks are", () => {
    const history = new History(never);
    history.add({ ...bare, look: { phase: "baseline", held: { ...held, threads: 4 } } });
    expect(history.rows().map(({ what }) => what)).toEqual(["fds", "threads", "processes"]);
  });

  it("asks once for each point whether it grows", () => {
    const asked: (readonly number[])[] = [];
    const history = new History((points, unit) => {
      if (unit === "count" && points.length > 2) asked.push(points);
      return points.length === 3;
    });
    for (const fds of [1, 2, 3]) history.add(looked("batch", fds));
    expect([fdsOf(history)?.grows, fdsOf(history)?.grows]).toEqual([true, true]);
    expect(asked.filter((points) => points.at(-1) === 3)).toHaveLength(1);
  });

  it("stays bounded in a run of days, and keeps the peak and the last point", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 1500 }), (values) => {
        const history = new History(never);
        history.add(looked("baseline", 0));
        for (const fds of values) history.add(looked("batch", fds));
        const { points = [], now } = fdsOf(history) ?? {};
        expect(points.length).toBeLessThanOrEqual(mostPoints);
        expect(Math.max(...points)).toBe(Math.max(...values));
        expect(now).toBe(values.at(-1));
      }),
      { numRuns: 30 },
    );
  });
});

describe("sparkline", () => {
  it.each<[string, number[], string]>([
    ["a rise", [0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"],
    ["noise of one", [20, 21, 20, 20], "▁▂▁▁"],
    ["nothing", [], ""],
    ["one point", [5], "▁"],
    [
      "a peak among more points than columns",
      Array.from({ length: 16 }, (_, i) => (i === 7 ? 70 : 0)),
      "▁▁▁█▁▁▁▁",
    ],
  ])("of %s", (_, points, drawn) => {
    expect(sparkline(points, { width: 8, leastSpan: 7 })).toBe(drawn);
  });

  it("is never wider than it may be", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })),
        fc.nat(80),
        (points, width) => {
          const drawn = sparkline(points, { width, leastSpan: 1 });
          expect(drawn).toMatch(/^[▁-█]*$/);
          expect(drawn.length).toBe(Math.min(points.length, width));
        },
      ),
    );
  });
});
