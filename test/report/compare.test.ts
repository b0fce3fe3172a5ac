import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { renderCompareJson } from "../../src/report/compare-json.js";
import { renderCompareMarkdown } from "../../src/report/compare-markdown.js";
import { renderCompare } from "../../src/report/compare-text.js";
import { textWidth } from "../../src/report/text-width.js";
import { alike, compared, comparedScenario, comparison, memory, mixed } from "./compare-samples.js";

const samples = [
  ["regression", comparison()],
  ["alike", alike],
  ["mixed", mixed],
] as const;
const schemaText = readFileSync(new URL("../../scenarios/compare.schema.json", import.meta.url), "utf8");
/** The schema lets later versions add fields; what is written today must all be in it. */
const closedSchema: object = JSON.parse(schemaText, (_, value: unknown) =>
  typeof value === "object" && value !== null && "properties" in value
    ? { additionalProperties: false, ...value }
    : value,
);

describe("renderCompare", () => {
  it.each(samples.flatMap(([name, sample]) => [100, 40].map((width) => ({ name, sample, width }))))(
    "$name in $width columns",
    async ({ name, sample, width }) => {
      const text = renderCompare(sample, { colour: false, width });
      await expect(text).toMatchFileSnapshot(`golden/compare-${name}-${width}.txt`);
    },
  );

  it("keeps within the width, tables included", () => {
    for (const [, sample] of samples) {
      for (const line of renderCompare(sample, { colour: false, width: 80 }).split("\n"))
        expect(textWidth(line), line).toBeLessThanOrEqual(80);
    }
  });

  it("colour changes no text", () => {
    const options = { width: 100 };
    const bare = renderCompare(mixed, { colour: true, ...options }).replaceAll(/\u001b\[\d+m/g, "");
    // The escape that a name brings is shown, not acted on.
    expect(bare).toBe(renderCompare(mixed, { colour: false, ...options }));
  });

  it("says that the repeats scatter, where that hides something", () => {
    const scattered = comparedScenario({
      resources: [compared({ dispersion: 4 }), { ...memory, dispersion: 9 }],
    });
    const text = renderCompare(comparison({ scenarios: [scattered] }), { colour: false, width: 200 });
    expect(text).toContain("tasks: what is left scatters 2 times more than single leaks would");
    expect(text).toContain("memory: the repeats disagree 3 times more than their own errors allow");
  });
});

describe("renderCompareMarkdown", () => {
  it.each(samples)("%s", async (name, sample) => {
    await expect(renderCompareMarkdown(sample)).toMatchFileSnapshot(`golden/compare-${name}.md`);
  });

  it("leaves no markup of others", () => {
    expect(renderCompareMarkdown(mixed)).not.toMatch(/<b>|\u001b/);
  });
});

describe("renderCompareJson", () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(closedSchema);

  it.each(samples)("%s fits the schema", (_, sample) => {
    validate(JSON.parse(renderCompareJson(sample)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("would not fit with a field too few or too many", () => {
    const document: Record<string, unknown> = JSON.parse(renderCompareJson(comparison()));
    expect(validate({ ...document, verdict: undefined })).toBe(false);
    expect(validate({ ...document, more: 1 })).toBe(false);
  });

  it("has null for what has no end", () => {
    const endless = compared({
      detectable: Number.POSITIVE_INFINITY,
      difference: { rate: 0, low: -Infinity, high: Infinity },
    });
    const text = renderCompareJson(comparison({ scenarios: [comparedScenario({ resources: [endless] })] }));
    expect(validate(JSON.parse(text))).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      scenarios: [{ resources: [{ detectable: null, difference: { low: null } }] }],
    });
  });
});
