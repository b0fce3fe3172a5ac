import { expect, it } from "vitest";
import type { Probe } from "../../src/probe/probe.js";
import { takeSnapshot } from "../../src/soak/snapshot.js";
import { FakeClock } from "../support/fake-clock.js";
import { noMarks } from "./fakes.js";

function probe(name: string, connects: boolean, told: string[]): Probe {
  return {
    name,
    cost: "nothing",
    connects,
    sample: async () => {
      told.push(name);
      return { probe: name, gaps: [] };
    },
    close: async () => undefined,
  };
}

const moment = { phase: "batch", batch: 1, operations: 10, quiet: true } as const;

it("reads /proc after a forced collection, and before a probe connects to the target", async () => {
  const told: string[] = [];
  const target = {
    sample: () => {
      told.push("proc");
      return { processes: [], gaps: [] };
    },
  };
  const probes = [probe("prometheus", true, told), probe("node", false, told)];
  const signal = new AbortController().signal;
  const snapshot = await takeSnapshot(
    { target, probes, marks: noMarks, clock: new FakeClock(), signal },
    moment,
  );
  expect(told).toEqual(["node", "proc", "prometheus"]);
  expect(snapshot.probes.map((sample) => sample.probe)).toEqual(["node", "prometheus"]);
});
