import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/reporting.js";
import { type PageAssets, renderReportHtml } from "../../../src/report/html/page.js";
import { plotOf } from "../../../src/report/html/plot-of.js";
import { severalFlows } from "../finding-samples.js";
import { broken, criterion, scenario } from "../samples.js";
import { hostile } from "./hostile.js";
import { cleanRecord, cleanReport, leakyRecord, leakyReport, reportFrom, runWith } from "./page-samples.js";

const stub: PageAssets = { script: "start()", style: "p{}" };
const page = (report: Report): string => renderReportHtml(report, stub);
const of = (...runs: Report["runs"]): string => page({ ...cleanReport(), runs });
const sentence = (text: string): string => /<h1>(.*?)<\/h1>/s.exec(text)?.[1]?.replace(/<[^>]*>/g, "") ?? "";

describe("the page", () => {
  it("of a run that fails", async () => {
    await expect(page(leakyReport())).toMatchFileSnapshot("../golden/page-fail.html");
  });

  it("of a run that passes", async () => {
    await expect(page(cleanReport())).toMatchFileSnapshot("../golden/page-pass.html");
  });

  it.each([
    ["a leak", runWith({ ...severalFlows() }), "mixed leaks PTYs, processes, and file descriptors."],
    ["a pass", runWith({}), "No leak seen in made-up."],
    ["a run that broke", runWith(broken()), "memory-soak could not be judged: the run broke."],
    [
      "what cannot be told",
      runWith(
        scenario({ verdict: "inconclusive", criteria: [criterion("fds", { verdict: "inconclusive" })] }),
      ),
      "It cannot be told whether goose-churn leaks file descriptors.",
    ],
    [
      "what was not measured",
      runWith(scenario({ verdict: "unchecked", criteria: [criterion("ptys", { verdict: "unchecked" })] })),
      "Of PTYs, nothing was measured in goose-churn.",
    ],
  ])("says first what came of it: %s", (_, run, expected) => {
    expect(sentence(of(run))).toBe(expected);
  });

  it("of several runs says how many leak, and leads to each", () => {
    const text = page(reportFrom({ record: cleanRecord() }, { record: leakyRecord() }));
    expect(sentence(text)).toBe("1 of 2 runs leaks: made-up.");
    expect(text).toContain('<a href="#run-2">');
    expect(text).toContain('id="run-2"');
    expect(text).toContain("2 runs");
  });

  it("of no run at all passes nothing", () => {
    const text = of();
    expect(sentence(text)).toBe("Nothing was run.");
    expect(text).toContain("of-unchecked");
  });

  it("says what an interrupt left out", () => {
    expect(page({ ...cleanReport(), skipped: ["goose-churn"] })).toContain("Not run, it was stopped");
  });

  it("of a watch counts seconds", () => {
    const record = cleanRecord();
    const watched = { unit: "seconds" } as const;
    const text = page(reportFrom({ record: { ...record, operations: [], run: { ...record.run, watched } } }));
    expect(text).toContain('"counts":"seconds"');
    expect(text).toContain("at each look, under load");
    expect(text).toContain("under foreign load");
  });

  it("allows its own script and style and nothing else", () => {
    const hash = (text: string): string => createHash("sha256").update(text).digest("base64");
    expect(page(cleanReport())).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash("p{}")}'; script-src 'sha256-${hash("start()")}'; base-uri 'none'; form-action 'none'"`,
    );
  });
});

describe("what the target wrote", () => {
  const text = page(hostile(leakyReport()));

  it("adds no element: as many scripts, images and headings as without it", () => {
    const count = (html: string, tag: string) => html.split(`<${tag}`).length;
    for (const tag of ["script", "img", "h1", "h4", "style", "title", "svg class"])
      expect([tag, count(text, tag)]).toEqual([tag, count(page(leakyReport()), tag)]);
    expect(text).not.toMatch(/<img|onload=alert\(1\)>|<!--/);
  });

  it("moves no terminal and turns no line around", () => {
    expect(text).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/,
    );
  });

  it("is cut, however long", () => {
    expect(text.length).toBeLessThan(400_000);
    expect(text.includes("x".repeat(5000))).toBe(false);
  });
});

describe("a run with more points than a screen has", () => {
  it("is drawn by the least and the most of each span, and says so", () => {
    const points = Array.from({ length: 86_400 }, (_, index) => ({
      operations: index + 1,
      atMs: 1000 * index,
      value: index === 50_001 ? 900 : 20 + (index % 3),
    }));
    const fds = { name: "fds", kind: "count", baseline: [20], points, drain: [20] } as const;
    const run = runWith({}, { series: { fds } });
    const plot = plotOf(run, criterion("fds"));
    expect(plot?.value.length).toBeLessThanOrEqual(4000);
    expect(plot?.value).toContain(900);
    expect(of(run)).toContain("86,400 points drawn as 4,000: least and most of each span kept.");
  });
});
