import { describe, expect, it } from "vitest";
import { paintOf } from "../../src/report/paint.js";
import { renderSeriesJson, renderSeriesNdjson } from "../../src/report/series-ndjson.js";
import { outcomeOf } from "../../src/report/series-row.js";
import { renderSeriesText } from "../../src/report/series-text.js";
import { evil, leaking, overTime, sawtooth, stable, undecided, verdictOf } from "./series-samples.js";

const judged = [
  { series: leaking, verdict: verdictOf() },
  { series: sawtooth, verdict: stable },
  { series: { name: "short", kind: "count" }, verdict: undecided },
  { series: { name: "cache", kind: "count" }, verdict: overTime },
] as const;
const hostile = [{ series: { name: evil, kind: "count" }, verdict: verdictOf({ reason: evil }) }] as const;
const active = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

describe("outcomeOf", () => {
  it.each([
    ["fail", "leak"],
    ["pass", "stable"],
    ["inconclusive", "inconclusive"],
    ["unchecked", "inconclusive"],
  ] as const)("%s is %s", (verdict, outcome) => expect(outcomeOf({ verdict })).toBe(outcome));
});

describe("renderSeriesNdjson", () => {
  it("has one line for each, in order, with these fields first", async () => {
    const text = renderSeriesNdjson(judged);
    const rows = text.trimEnd().split("\n");
    const names: string[] = rows.map((row) => JSON.parse(row).name);
    expect(names).toEqual(judged.map(({ series }) => series.name));
    for (const row of rows)
      expect(row).toMatch(/^\{"name":.*,"verdict":.*,"rate":.*,"low":.*,"high":.*,"detectable":.*,"reason":/);
    await expect(text).toMatchFileSnapshot("golden/series.ndjson");
  });

  it("writes null for what is not known or has no bound", () => {
    const [row] = renderSeriesNdjson(judged.slice(2)).split("\n");
    const unknown = { rate: null, low: null, high: null, detectable: null, perHour: null };
    expect(JSON.parse(row ?? "")).toMatchObject({ verdict: "inconclusive", ...unknown });
  });

  it("is the same rows as the JSON document", () => {
    const rows: unknown[] = renderSeriesNdjson(judged)
      .trimEnd()
      .split("\n")
      .map((row) => JSON.parse(row));
    expect(JSON.parse(renderSeriesJson(judged))).toEqual(rows);
  });

  it("keeps a hostile name as it was, on one line, without letting it act on a terminal", () => {
    const text = renderSeriesNdjson(hostile);
    expect(text).not.toMatch(active);
    expect(text.split("\n")).toHaveLength(2);
    expect(JSON.parse(text)).toMatchObject({ name: evil, reason: evil });
  });
});

describe("renderSeriesText", () => {
  it.each([80, 40])("in %d columns", async (width) => {
    const text = renderSeriesText(judged, { paint: paintOf(false), width });
    await expect(text).toMatchFileSnapshot(`golden/series-${width}.txt`);
  });

  it("puts colour on the verdict, which changes no text", () => {
    const plain = renderSeriesText(judged, { paint: paintOf(false), width: 80 });
    const coloured = renderSeriesText(judged, { paint: paintOf(true), width: 80 });
    expect(coloured).toContain("\u001b[31mleak\u001b[39m");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("lets no name act on the terminal", () => {
    expect(renderSeriesText(hostile, { paint: paintOf(false), width: 80 })).not.toMatch(active);
  });
});
