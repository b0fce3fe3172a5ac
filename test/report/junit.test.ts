import { readFileSync } from "node:fs";
import { sample } from "fast-check";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { renderJunit } from "../../src/report/junit.js";
import { attributed } from "./finding-samples.js";
import { hostileText, saying } from "./hostile.js";
import { reported } from "./reported.js";
import { broken, leaking, scenario, spreading } from "./samples.js";

const schema = readFileSync("test/fixtures/schemas/junit-10.xsd", "utf8");

async function errorsOf(xmls: readonly string[]): Promise<readonly string[]> {
  const xml = xmls.map((contents, index) => ({ fileName: `report-${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: { fileName: "junit-10.xsd", contents: schema } });
  return errors.map(({ message }) => message);
}

describe("renderJunit", () => {
  it.each([
    ["junit", reported([scenario(), leaking(), attributed(), broken(), spreading()], { skipped: ["later"] })],
    ["junit-nothing", reported([])],
  ] as const)("%s fits the schema of Jenkins", async (name, report) => {
    const xml = renderJunit(report);
    expect(await errorsOf([xml])).toEqual([]);
    await expect(xml).toMatchFileSnapshot(`golden/${name}.xml`);
  });

  it("would not fit it with an element of another kind, or torn", async () => {
    const xml = renderJunit(reported([leaking()]));
    expect(await errorsOf([xml.replaceAll("failure", "failing")])).not.toEqual([]);
    expect(await errorsOf([xml.slice(0, -30)])).not.toEqual([]);
  });

  it("has one failure for each criterion that fails, and no test that passes without being measured", () => {
    const xml = renderJunit(reported([leaking(), broken()]));
    expect(xml.match(/<failure /g)).toHaveLength(1);
    // The memory of the first is inconclusive, the second broke.
    expect(xml.match(/<error type="(inconclusive|broke)"/g)).toHaveLength(2);
    expect(xml).toMatch(/^<testsuites name="watertight" tests="14" failures="1" errors="2">$/m);
    expect(xml.match(/<skipped /g)).toHaveLength(7);
  });

  it("stays well formed whatever the target says", async () => {
    const texts = sample(hostileText, 60);
    const xmls = texts.map((text) => renderJunit(reported(saying(text), { skipped: [text] })));
    expect(await errorsOf(xmls)).toEqual([]);
    for (const xml of xmls) expect(xml).not.toMatch(/[\u0000-\u0008\u001b\u202e]|\p{Surrogate}/u);
  });

  it("cuts what is a megabyte long", () => {
    expect(renderJunit(reported(saying("x".repeat(1e6)))).length).toBeLessThan(100_000);
  });
});
