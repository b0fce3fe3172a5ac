import { readFileSync } from "node:fs";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { assert, property } from "fast-check";
import type { Log, Result } from "sarif";
import { describe, expect, it } from "vitest";
import { renderSarif } from "../../src/report/sarif.js";
import { attributed, severalFlows } from "./finding-samples.js";
import { hostileText, saying } from "./hostile.js";
import { locate, reported } from "./reported.js";
import { broken, leaking, scenario, spreading } from "./samples.js";

const ajv = new AjvDraft04.default({ strict: false });
addFormats.default(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync("test/fixtures/schemas/sarif-2.1.0.json", "utf8")));

function errorsOf(log: unknown): unknown {
  return isSarif(log) ? [] : isSarif.errors;
}

function resultsOf(...results: Parameters<typeof reported>[0]): readonly Result[] {
  const log: Log = JSON.parse(renderSarif(reported(results), locate));
  return log.runs[0]?.results ?? [];
}

describe("renderSarif", () => {
  it.each([
    ["sarif", reported([attributed(), leaking(), broken(), spreading()], { skipped: ["later"] })],
    ["sarif-pass", reported([scenario()], { exitCode: 0 })],
    ["sarif-nothing", reported([], { exitCode: 4 })],
  ] as const)("%s fits the schema of OASIS", async (name, report) => {
    const text = renderSarif(report, locate);
    expect(errorsOf(JSON.parse(text))).toEqual([]);
    await expect(text).toMatchFileSnapshot(`golden/${name}.sarif`);
  });

  it("would not fit it with a field of its own", () => {
    const log = JSON.parse(renderSarif(reported([leaking()]), locate));
    expect(errorsOf({ ...log, more: 1 })).not.toEqual([]);
  });

  it("points at the line where it is made, with the way there", () => {
    const [leak] = resultsOf(attributed());
    expect(leak?.ruleId).toBe("ptys");
    expect(leak?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "src/gateway/plants/pty.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 23, startColumn: 11 },
    });
    const way = leak?.codeFlows?.[0]?.threadFlows[0]?.locations;
    expect(way?.map((step) => step.location?.physicalLocation?.region?.startLine)).toEqual([97, 47, 23]);
  });

  it("points at the scenario where nothing better is in the repository", () => {
    const uris = (of: typeof locate): unknown => {
      const log: Log = JSON.parse(renderSarif(reported([leaking()]), of));
      return log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
    };
    expect(uris(locate)).toBe("soak/error-storm.yaml");
    expect(uris(() => undefined)).toBe("error-storm.yaml");
  });

  it("has no result for a pass, and an open one for what could not be told", () => {
    expect(resultsOf(scenario())).toEqual([]);
    const kinds = resultsOf(leaking()).map(({ ruleId, kind, level }) => [ruleId, kind, level]);
    expect(kinds).toEqual([
      ["fds", "fail", "error"],
      ["memory", "open", "none"],
    ]);
  });

  it("knows a leak again in another process", () => {
    const prints = (pid: number): unknown => {
      const [, grown] = severalFlows().findings;
      if (!grown) throw new Error("the sample has two findings");
      const finding = { ...grown, resource: `memory of pid ${pid} node server.js` };
      return resultsOf({ ...severalFlows(), findings: [finding] }).map((one) => one.partialFingerprints);
    };
    expect(prints(12)).toEqual(prints(4127));
    expect(prints(12)).not.toEqual([]);
  });

  it("fits the schema whatever the target says", () => {
    assert(
      property(hostileText, (text) => {
        const sarif = renderSarif(reported(saying(text)), (file) => file);
        expect(errorsOf(JSON.parse(sarif))).toEqual([]);
        expect(sarif).not.toMatch(/[\u0000-\u0008\u001b\u202e]|\p{Surrogate}/u);
      }),
      { numRuns: 40 },
    );
  });
});
