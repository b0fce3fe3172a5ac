import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { FlowRate } from "../../src/model/finding.js";
import { renderJson, reportDocument } from "../../src/report/json.js";
import { attributed, excused, severalFlows } from "./finding-samples.js";
import { broken, criterion, leaking, record, scenario, spreading, tick } from "./samples.js";
import { watchedLeak } from "./watch-samples.js";
import { proof } from "./selftest-samples.js";

const schemaText = readFileSync(new URL("../../scenarios/report.schema.json", import.meta.url), "utf8");

const records = [
  record([tick(1000, 5e6, 400), tick(2000, 9e6, 500), tick(3000, 7e6, 650)], "cgroup"),
  record([tick(9000, 6e6, 900), tick(10_000, 6e6, 1000)], "marker"),
];

/** The schema lets later versions add fields; what is written today must all be in it. */
const closedSchema: object = JSON.parse(schemaText, (_, value: unknown) =>
  typeof value === "object" && value !== null && "properties" in value
    ? { additionalProperties: false, ...value }
    : value,
);

function errorsOf(document: unknown): unknown {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(closedSchema);
  validate(document);
  return validate.errors ?? [];
}

describe("renderJson", () => {
  it.each([
    ["pass", [scenario()], 0],
    ["fail", [scenario(), leaking()], 1],
    ["impact", [spreading()], 1],
    ["broke", [broken()], 4],
    ["attributed", [attributed(), severalFlows(), excused()], 1],
    ["watched", [watchedLeak()], 1],
    ["nothing", [], 3],
  ] as const)("%s fits the schema", async (name, results, exitCode) => {
    const json = renderJson(reportDocument({ results, records, exitCode }));
    expect(errorsOf(JSON.parse(json))).toEqual([]);
    expect(json.endsWith("}\n")).toBe(true);
    await expect(json).toMatchFileSnapshot(`golden/${name}.json`);
  });

  it("with what the instrument was proven to see fits it too", () => {
    const document = reportDocument({ results: [], records, exitCode: 3, proof });
    expect(errorsOf(JSON.parse(renderJson(document)))).toEqual([]);
    expect(document.instrument.proven).toEqual({ provenAt: proof.provenAt, sights: proof.sights });
  });

  it("would not fit the schema with a field too few or too many", () => {
    const document = reportDocument({ results: [leaking()], records, exitCode: 1 });
    const { verdict, ...without } = document;
    expect(verdict).toBe("fail");
    expect(errorsOf(without)).not.toEqual([]);
    expect(errorsOf({ ...document, more: 1 })).not.toEqual([]);
    expect(
      errorsOf({ ...document, scenarios: [{ ...document.scenarios[0], broke: undefined }] }),
    ).not.toEqual([]);
  });

  it("writes null for a number that is not known or not finite", () => {
    const criteria = [criterion("fds", { baseline: undefined, high: Infinity, low: Number.NaN })];
    const document = reportDocument({ results: [scenario({ criteria })], records: [], exitCode: 0 });
    expect(JSON.parse(renderJson(document)).scenarios[0].criteria[0]).toMatchObject({
      baseline: null,
      high: null,
      low: null,
      hoursToExhaustion: null,
      hoursHigh: null,
      ceiling: null,
      peak: 12,
    });
  });

  it("writes null inside of what has parts as well", () => {
    const perHour = { rate: 1, low: 0, high: Infinity };
    const criteria = [criterion("fds", { perHour, numbers: { windows: 24, z: Number.NaN } })];
    const document = reportDocument({ results: [scenario({ criteria })], records: [], exitCode: 0 });
    expect(errorsOf(JSON.parse(renderJson(document)))).toEqual([]);
    expect(JSON.parse(renderJson(document)).scenarios[0].criteria[0]).toMatchObject({
      perHour: { rate: 1, low: 0, high: null },
      numbers: { windows: 24, z: null },
    });
  });

  it("writes null for what is not known of who left it and where it was made", () => {
    const [unknown, grown] = severalFlows().findings;
    const document = reportDocument({ results: [severalFlows()], records: [], exitCode: 1 });
    const { findings, flows } = JSON.parse(renderJson(document)).scenarios[0];
    expect([unknown?.origin, grown?.by]).toEqual([undefined, undefined]);
    expect([findings[0].origin, findings[1].by]).toEqual([null, null]);
    expect(findings[1].resources[0].hoursToExhaustion).toBeNull();
    expect(findings[1].origin.stack[0]).toEqual({
      name: null,
      file: "src/gateway/layer-0.ts",
      line: 10,
      column: null,
    });
    const endless = { ...severalFlows().flows[0], high: Infinity } as FlowRate;
    const written = reportDocument({ results: [scenario({ flows: [endless] })], records: [], exitCode: 1 });
    expect(written.scenarios[0]?.flows[0]?.high).toBeNull();
    expect(flows).toHaveLength(severalFlows().flows.length);
  });

  it("keeps the target's text as it was, without letting it act on a terminal", () => {
    const evil = "\u001b[2J\u009b2J\u007f\u202e\n\u2028";
    const json = renderJson(reportDocument({ results: [scenario({ notes: [evil] })], records, exitCode: 0 }));
    expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(JSON.parse(json).scenarios[0].notes).toEqual([evil]);
  });

  it("tells the instrument's cost of each run by differences, and the highest memory of all", () => {
    const { instrument } = reportDocument({ results: [], records, exitCode: 3 });
    expect(instrument).toMatchObject({ peakRssBytes: 9e6, cpuMs: 350, overMs: 3000, ticks: 5 });
    expect(instrument.follow).toEqual(["cgroup", "marker"]);
    expect(instrument.probes).toEqual(["node"]);
  });

  it("does not make a cost up where none was recorded", () => {
    const { instrument } = reportDocument({
      results: [],
      records: [record([tick(1, 5, 5)], "cgroup")],
      exitCode: 3,
    });
    expect(instrument).toMatchObject({ cpuMs: null, overMs: null, peakRssBytes: 5 });
    expect(reportDocument({ results: [], records: [], exitCode: 3 }).instrument.peakRssBytes).toBeNull();
  });
});
