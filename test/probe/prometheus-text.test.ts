import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePrometheus } from "../../src/probe/prometheus-text.js";

describe("parsePrometheus", () => {
  it.each([
    ["up 1", { name: "up", labels: {}, value: 1 }],
    ["up 1 1395066363000", { name: "up", labels: {}, value: 1 }],
    ["up{} 1", { name: "up", labels: {}, value: 1 }],
    [
      'a:b_total{code="200",path="/x"} 1027',
      { name: "a:b_total", labels: { code: "200", path: "/x" }, value: 1027 },
    ],
    ['a{x="1", y="2",} 3', { name: "a", labels: { x: "1", y: "2" }, value: 3 }],
    [String.raw`a{p="C:\\D \"q\"\n"} 1e3`, { name: "a", labels: { p: 'C:\\D "q"\n' }, value: 1000 }],
    ['a{x="}{,= #"} 4', { name: "a", labels: { x: "}{,= #" }, value: 4 }],
    ["a +Inf", { name: "a", labels: {}, value: Infinity }],
    ["a -Inf", { name: "a", labels: {}, value: -Infinity }],
    ["a NaN", { name: "a", labels: {}, value: Number.NaN }],
    ["a -1.5e-3", { name: "a", labels: {}, value: -0.0015 }],
    ['{"my.metric", x="1"} 5', { name: "my.metric", labels: { x: "1" }, value: 5 }],
    [String.raw`{"a \"b\"\nc"} 5`, { name: 'a "b"\nc', labels: {}, value: 5 }],
    ['a_bucket{le="1"} 11 # {trace_id="x"} 0.67 1.5', { name: "a_bucket", labels: { le: "1" }, value: 11 }],
  ])("reads %s", (line, sample) => {
    expect(parsePrometheus(line)).toEqual([sample]);
  });

  it("passes over comments, empty lines and carriage returns", () => {
    const text = "# HELP up Is it up.\r\n# TYPE up gauge\r\n\r\nup 1\r\n# EOF\n";
    expect(parsePrometheus(text)).toEqual([{ name: "up", labels: {}, value: 1 }]);
  });

  it("keeps a label named like a field of every object a label", () => {
    const [sample] = parsePrometheus('a{__proto__="x",constructor="y"} 1');
    expect(Object.entries(sample?.labels ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });

  it.each(["<html>", "up", "up one", 'up{a="1" 1', "up{a=1} 1", "1up 1", "up 0x10", 'up{a="1"'])(
    "refuses %s with its line",
    (line) => {
      expect(() => parsePrometheus(`up 1\n${line}`)).toThrow("line 2 is no metric");
    },
  );

  it("reads back whatever is written by the rules", () => {
    const label = fc.tuple(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/), fc.string());
    const metric = fc.record({
      name: fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/),
      labels: fc.array(label, { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
      value: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(metric, { maxLength: 5 }), (metrics) => {
        expect(parsePrometheus(metrics.map(write).join("\n"))).toEqual(metrics);
      }),
    );
  });

  it("keeps only what is wanted, and refuses to keep very much", () => {
    const text = "a 1\n".repeat(20_000);
    expect(parsePrometheus(text, (name) => name === "b")).toEqual([]);
    expect(() => parsePrometheus(text, (name) => name === "a")).toThrow(/more than 10000 series/);
  });

  it("reads a line of megabytes, and one that is never closed", () => {
    const long = "x\\n".repeat(1_000_000);
    expect(parsePrometheus(`a{b="${long}"} 1`)[0]?.value).toBe(1);
    expect(() => parsePrometheus(`a{b="${long}`)).toThrow(/line 1 is no metric/);
    expect(() => parsePrometheus(`a{${'b="c",'.repeat(500_000)}`)).toThrow(/line 1 is no metric/);
  });

  it("throws nothing but its own error", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          parsePrometheus(text);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: line \d+ is no metric/);
        }
      }),
    );
  });
});

function write(metric: { name: string; labels: Record<string, string>; value: number }): string {
  const escaped = (text: string): string =>
    text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  const labels = Object.entries(metric.labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  const value = Object.is(metric.value, -0) ? "-0" : String(metric.value).replace("Infinity", "Inf");
  return `${metric.name}{${labels.join(",")}} ${value}`;
}
