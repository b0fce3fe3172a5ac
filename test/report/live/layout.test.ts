import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveLines } from "../../../src/report/live/layout.js";
import type { LiveState } from "../../../src/report/live/state.js";
import { textWidth } from "../../../src/report/text-width.js";
import { progress, rows, state } from "./samples.js";

const rooms = [
  [120, 40],
  [80, 24],
  [60, 12],
  [40, 8],
  [40, 3],
  [20, 1],
] as const;

const starting: LiveState = {
  ...state,
  progress: {
    ...progress,
    phase: "start",
    operations: 0,
    perSecond: undefined,
    etaMs: undefined,
    waitsFor: undefined,
  },
  rows: [],
  elapsedMs: 800,
};

const states: Readonly<Record<string, LiveState>> = {
  batch: state,
  start: starting,
  paused: { ...state, pausing: true, progress: { ...progress, failed: 3, pausedMs: 31_000 } },
  drain: {
    ...state,
    place: undefined,
    thenMs: undefined,
    progress: { ...progress, phase: "drain", operations: 800 },
  },
  tail: { ...state, progress: { ...progress, phase: "tail" } },
  stopping: { ...state, stopping: true },
  help: { ...state, help: true },
  why: {
    ...state,
    kind: "why",
    place: undefined,
    thenMs: undefined,
    progress: { ...progress, scenario: "goose-churn (why)", waitsFor: undefined },
  },
  watch: {
    ...state,
    kind: "watch",
    isPausable: false,
    place: undefined,
    thenMs: undefined,
    progress: { ...progress, scenario: "pid 4127", waitsFor: undefined, batch: 5, batches: 60 },
  },
  "without keys": { ...state, keys: false },
};

describe("liveLines", () => {
  it.each(Object.entries(states))("%s, at terminals from large to small", async (name, given) => {
    const shown = rooms.map(([columns, rows]) => {
      const lines = liveLines(given, { columns, rows, colour: false });
      return [`--- ${columns}x${rows}`, ...lines, ""].join("\n");
    });
    await expect(shown.join("\n")).toMatchFileSnapshot(`golden/${name.replaceAll(" ", "-")}.txt`);
  });

  it("has colours that take no columns", async () => {
    const lines = liveLines(states["paused"] ?? state, { columns: 80, rows: 24, colour: true });
    await expect(`${lines.join("\n").replaceAll("\u001b", "^")}\n`).toMatchFileSnapshot("golden/colour.txt");
    expect(lines.map(textWidth)).toEqual(
      liveLines(states["paused"] ?? state, { columns: 80, rows: 24, colour: false }).map(textWidth),
    );
  });

  it("never leaves its room, and shows no control of whoever made a name", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(states)),
        fc.string({ unit: "grapheme" }),
        fc.record({ columns: fc.integer({ min: 1, max: 150 }), rows: fc.integer({ min: 1, max: 50 }) }),
        (given, scenario, room) => {
          const named = { ...given, progress: { ...given.progress, scenario, waitsFor: scenario } };
          const lines = liveLines(named, { ...room, colour: false });
          expect(lines.length).toBeLessThanOrEqual(room.rows);
          expect(lines.length).toBeGreaterThan(0);
          for (const line of lines) {
            expect(textWidth(line)).toBeLessThan(room.columns);
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
          }
        },
      ),
    );
  });

  it("shows what grows at every size of several lines", () => {
    for (const [columns, height] of rooms.slice(0, -1)) {
      expect(liveLines({ ...state, rows }, { columns, rows: height, colour: false }).join("\n")).toContain(
        "+11",
      );
    }
  });
});
