import { describe, expect, it } from "vitest";
import { phasesOf } from "../../src/otlp/phases.js";
import { recordOf } from "../judge/record-builder.js";

const started = { type: "started", atMs: 1500, pid: 1, tookMs: 500, follow: "marker", probes: [] } as const;

describe("phasesOf", () => {
  it("are without gaps from the start to the drain, in the order of the road", () => {
    const phases = phasesOf({ ...recordOf({ tail: 3 }), started });
    expect(phases.map(({ name }) => name)).toEqual([
      "start",
      "warm-up",
      "baseline",
      "load",
      "drain",
      "tail",
      "stop",
    ]);
    for (const [index, { startMs, endMs }] of phases.entries()) {
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      if (index > 0 && index < 6) expect(startMs).toBe(phases[index - 1]?.endMs);
    }
  });

  it("are none where the target was never ready", () => {
    expect(phasesOf(recordOf())).toEqual([]);
  });

  it("leave out what the run did not come to", () => {
    const record = { ...recordOf({ stop: null }), started, snapshots: [] };
    expect(phasesOf(record).map(({ name }) => name)).toEqual(["start"]);
  });

  it("do not end before they began where the clock was set back", () => {
    const phases = phasesOf({ ...recordOf(), started: { ...started, atMs: 9e9 } });
    expect(phases.filter(({ startMs, endMs }) => endMs < startMs)).toEqual([]);
  });

  it("keep at most a hundred batches of a long run, the last one among them", () => {
    const record = { ...recordOf({ batches: 1234, perBatch: 1 }), started };
    const load = phasesOf(record).find(({ name }) => name === "load");
    expect(load?.events.length).toBeLessThanOrEqual(100);
    expect(load?.events.at(-1)?.attributes["batch"]).toBe(1234);
  });
});
