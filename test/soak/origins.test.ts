import { expect, it } from "vitest";
import type { ProbeSample } from "../../src/model/snapshot.js";
import type { Probe } from "../../src/probe/probe.js";
import { markedEnv } from "../../src/target/start.js";
import { rigOf } from "./fakes.js";

/** Tells, in order, whether it was asked where things are made. */
function asking(asked: boolean[]): Probe {
  const sample: ProbeSample = { probe: "fake", tasks: 1, gaps: [] };
  return {
    name: "fake",
    cost: "nothing",
    connects: false,
    sample: async ({ origins }) => {
      asked.push(origins === true);
      return sample;
    },
    close: async () => undefined,
  };
}

it("where things are made is asked at the last look of the baseline and of the drain", async () => {
  const asked: boolean[] = [];
  const rig = rigOf({ probes: [asking(asked)], traced: true });
  await rig.run();
  const looks = rig.lines.flatMap((line) => (line.type === "snapshot" ? [line] : []));
  const phases = looks.map(({ phase }) => phase);
  expect(asked.map((was, index) => (was ? index : -1)).filter((index) => index >= 0)).toEqual([
    phases.lastIndexOf("baseline"),
    phases.lastIndexOf("drain"),
  ]);
  expect(looks.filter((look) => "origins" in look)).toEqual([]);
});

it("and never in a first pass", async () => {
  const asked: boolean[] = [];
  await rigOf({ probes: [asking(asked)] }).run();
  expect(asked.length).toBeGreaterThan(6);
  expect(asked).not.toContain(true);
});

it("the preload stands beside what the user's own NODE_OPTIONS ask for", () => {
  const env = markedEnv({ NODE_OPTIONS: "--no-warnings" }, { runId: "r", preload: "file:///a/preload.js" });
  expect(env["NODE_OPTIONS"]).toBe("--no-warnings --debug_port=127.0.0.1:0 --import=file:///a/preload.js");
  expect(markedEnv({}, { runId: "r" })["NODE_OPTIONS"]).toBe("--debug_port=127.0.0.1:0");
  expect(markedEnv({}, { runId: "r" })).not.toHaveProperty("GODEBUG");
  const own = markedEnv({ GODEBUG: "gctrace=1" }, { runId: "r", preload: "file:///a/preload.js" });
  expect(own["GODEBUG"]).toBe("gctrace=1,tracebackancestors=1");
});
