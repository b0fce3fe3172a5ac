import { expect, it } from "vitest";
import { examine } from "../../src/scenario/examine.js";
import { toScenario } from "../../src/scenario/normalise.js";
import { scenarioFormat } from "../../src/scenario/scenario-format.js";
import { warningsOf } from "../../src/scenario/warnings.js";

const flow = "flows: {a: {steps: [connect, close]}}";

/** A file, and what is most likely not meant in it; none = nothing. */
const files: readonly (readonly [string, string, RegExp | undefined])[] = [
  ["a sound one", flow, undefined],
  [
    "a session without an end",
    "flows: {a: {steps: [connect]}}",
    /`a` opens a connection and does not say how it ends/,
  ],
  [
    "one that is held open on purpose",
    "flows: {a: {steps: [connect, close]}, h: {weight: 0, steps: [connect]}}\nstop: {whileOpen: {flow: h, sessions: 2}}",
    undefined,
  ],
  ["a load that touches nothing", "flows: {a: {steps: [wait: 1s]}}", /no flow reaches the target/],
  [
    "a resource that must be used, and cannot be",
    "flows: {a: {steps: [wait: 1s]}}\ncriteria: {fds: {used: true}}",
    /`used` can never hold for fds/,
  ],
  [
    "a flow that hardly runs",
    "flows: {a: {weight: 500, steps: [http: /]}, b: {steps: [http: /]}}",
    /`b` has less than one session/,
  ],
  [
    "more flows than batches can tell apart",
    `flows: {${["a", "b", "c", "d", "e"].map((name) => `${name}: {steps: [http: /]}`).join(", ")}}\nload: {operations: 60, batch: 10}`,
    /5 flows in 6 batches/,
  ],
  ["a short drain", `${flow}\ndrain: 200ms`, /the drain is 0\.2 s/],
  [
    "a drain shorter than a silence",
    "flows: {a: {steps: [connect, drop: {how: silence, within: 30s}]}}\ndrain: 3s",
    /falls silent is given 30 s/,
  ],
  [
    "an allowance that has ended",
    `${flow}\nallow: [{fd: log, reason: rotated, until: 2026-01-31}]`,
    /ended on 2026-01-31/,
  ],
];

it.each(files)("%s", (_name, text, said) => {
  const { file, mistakes } = examine(text, scenarioFormat);
  expect(mistakes).toEqual([]);
  const warnings = file ? warningsOf(file, toScenario(file, "a.yaml"), "2026-06-01") : [];
  if (said === undefined) expect(warnings).toEqual([]);
  else expect(warnings.map((warning) => warning.text)).toEqual([expect.stringMatching(said)]);
});
