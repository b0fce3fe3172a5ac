import { describe, expect, it } from "vitest";
import { renderText, type TextOptions } from "../../src/report/text.js";
import { textWidth } from "../../src/report/text-width.js";
import { attributed, excused, session, severalFlows } from "./finding-samples.js";
import { broken, criterion, instrument, leaking, scenario, spreading, steadyMemory } from "./samples.js";
import { watchedLeak, watchedOne } from "./watch-samples.js";
import { proof } from "./selftest-samples.js";

const options: TextOptions = {
  colour: false,
  width: 80,
  outDir: "reports/2026-11-23T10-00-00",
  repeat: (name) => `npx watertight run ${name}`,
  instrument,
};

describe("renderText", () => {
  it.each([
    ["pass-80", [scenario()], options],
    ["fail-80", [leaking()], options],
    ["fail-60", [leaking()], { ...options, width: 60 }],
    ["fail-120", [leaking()], { ...options, width: 120 }],
    ["fail-colour", [leaking()], { ...options, colour: true, width: 120 }],
    ["broke-80", [broken()], options],
    ["impact-80", [spreading()], options],
    ["impact-100", [spreading()], { ...options, width: 100 }],
    ["several-80", [scenario(), broken(), leaking(), leaking({ name: "stderr-flood" })], options],
    ["interrupted-80", [leaking({ verdict: "inconclusive", interrupted: true, findings: [] })], options],
    ["nothing-80", [], options],
    ["attributed-40", [attributed()], { ...options, width: 40 }],
    ["attributed-80", [attributed()], options],
    ["attributed-100", [attributed()], { ...options, width: 100, colour: true }],
    ["several-flows-40", [severalFlows()], { ...options, width: 40 }],
    ["several-flows-120", [severalFlows()], { ...options, width: 120 }],
    ["allowances-40", [excused()], { ...options, width: 40 }],
    ["allowances-80", [excused()], options],
    ["watched-80", [watchedOne()], options],
    ["watched-leak-60", [watchedLeak()], { ...options, width: 60 }],
    ["watched-leak-100", [watchedLeak()], { ...options, width: 100 }],
  ])("%s", async (name, results, given) => {
    await expect(renderText(results, given)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it("colours nothing unless asked to, and colour changes no text", () => {
    const results = [scenario(), leaking(), broken()];
    const plain = renderText(results, options);
    const coloured = renderText(results, { ...options, colour: true });
    expect(plain).not.toContain("\u001b");
    expect(coloured).not.toBe(plain);
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("keeps its tables within the width, and makes a list where they do not fit", () => {
    const huge = criterion("tasks", { baseline: 1e15, peak: 2e15, end: 3e15, limit: 4e15 });
    const results = [scenario({ criteria: [huge, steadyMemory] })];
    const listed = renderText(results, options).split("\n");
    expect(listed).toContain("    held 1000000000000000 → 2000000000000000 → 3000000000000000");
    for (const width of [80, 81, 97, 120]) {
      const text = renderText([leaking(), spreading()], { ...options, width });
      for (const line of text.split("\n").slice(0, -2)) expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it("ends with the verdict, the files, and how to repeat the gravest scenario", () => {
    const lines = (results: Parameters<typeof renderText>[0]): string[] =>
      renderText(results, options).split("\n").slice(-2);
    expect(lines([scenario(), broken(), leaking()])).toEqual([
      "fail: files in reports/2026-11-23T10-00-00; repeat it: npx watertight run error-storm",
      "",
    ]);
    expect(lines([scenario(), scenario()])).toEqual(["pass: files in reports/2026-11-23T10-00-00", ""]);
    expect(lines([])).toEqual(["unchecked: files in reports/2026-11-23T10-00-00", ""]);
  });

  it("says the instrument's own cost", () => {
    const text = renderText([scenario()], options).replace(/\s+/g, " ");
    expect(text).toContain("its own memory at most 74 MiB; CPU 3.3 s (8.05% of one core");
  });

  it("names what the instrument was proven to see, where it was", () => {
    const text = renderText([scenario()], { ...options, instrument: { ...instrument, proven: proof } });
    expect(text.replace(/\s+/g, " ")).toContain(
      "instrument proven 2026-11-23: fds down to 1 in 53 operations, memory down to 4.41 KiB per operation",
    );
    expect(renderText([scenario()], options)).not.toContain("proven");
  });

  it("lets no text of the target act on the terminal", () => {
    const evil = "\u001b]0;owned\u0007\u009b2J\r\n\u202ekcab";
    const [finding] = leaking().findings;
    if (!finding) throw new Error("the sample has no finding");
    const findings = [{ ...finding, resource: evil, summary: evil, evidence: [evil], next: evil }];
    const parts = { name: evil, findings, notes: [evil], broke: evil, logTail: [evil] };
    const criteria = [criterion("fds", { reason: evil })];
    const results = [scenario({ ...parts, criteria }), broken()];
    const text = renderText(results, { ...options, outDir: evil, repeat: () => evil });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain(String.raw`\x1b]0;owned\x07\x9b2J\x0d\x0a\u202ekcab`);
  });

  it("lets no flow, operation or stack act on the terminal, and cuts what is too long", () => {
    const evil = `\u001b[2J\u202e${"x".repeat(1e6)}`;
    const json = JSON.stringify(session, (key, value: unknown) =>
      typeof value === "string" && !["criterion", "sureness", "verdict"].includes(key) ? evil : value,
    );
    const finding: typeof session = { ...JSON.parse(json), criteria: ["ptys"] };
    const stack = Array.from({ length: 1e5 }, () => ({ file: evil.slice(0, 100), line: 1 }));
    const origin = finding.origin && { ...finding.origin, stack };
    const flows = severalFlows().flows.map((flow) => ({ ...flow, flow: `${flow.flow}${evil}` }));
    const results = [scenario({ findings: [{ ...finding, origin }], flows })];
    for (const width of [40, 120]) {
      const text = renderText(results, { ...options, width });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(text.length).toBeLessThan(20_000);
    }
  });

  it("cuts a line of evidence that is megabytes long", () => {
    const [finding] = leaking().findings;
    if (!finding) throw new Error("the sample has no finding");
    const long = { ...finding, evidence: ["x".repeat(5e6)] };
    expect(renderText([leaking({ findings: [long] })], options).length).toBeLessThan(10_000);
  });
});
