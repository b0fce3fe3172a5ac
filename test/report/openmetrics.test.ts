import { spawnSync } from "node:child_process";
import { sample as sampleOf } from "fast-check";
import { describe, expect, it } from "vitest";
import { renderOpenmetrics } from "../../src/report/openmetrics.js";
import { attributed } from "./finding-samples.js";
import { hostileText, saying } from "./hostile.js";
import { reported } from "./reported.js";
import { broken, leaking, scenario, spreading } from "./samples.js";
import { watchedLeak } from "./watch-samples.js";

const all = reported([scenario(), leaking(), attributed(), broken(), spreading(), watchedLeak()]);

/** Prometheus' own parser of OpenMetrics, for Python: reads JSON texts, one a line, and names the families of each. */
const parser = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
for line in sys.stdin:
    print(json.dumps([[f.name, f.type, f.unit, len(f.samples)] for f in parse(json.loads(line))]))
`;
const python = (script: string, input = "") =>
  spawnSync("python3", ["-c", script], { encoding: "utf8", input });
const hasParser = python("import prometheus_client.openmetrics.parser").status === 0;

function families(texts: readonly string[]): readonly (readonly [string, string, string, number])[][] {
  const { stdout, stderr, status } = python(
    parser,
    texts.map((text) => `${JSON.stringify(text)}\n`).join(""),
  );
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** By the grammar of the older text format (0.0.4), which node_exporter's textfile collector reads. */
const sample =
  /^[a-z_]+(\{[a-z]+="([^"\\\n]|\\[\\"n])*"(,[a-z]+="([^"\\\n]|\\[\\"n])*")*\})? -?[\d.]+(e[+-]?\d+)?$/;
const comment = /^# (TYPE [a-z_]+ gauge|UNIT [a-z_]+ (seconds|bytes)|HELP [a-z_]+ .+|EOF)$/;

describe("renderOpenmetrics", () => {
  it("is as it was, for every kind of result", async () => {
    await expect(renderOpenmetrics(all)).toMatchFileSnapshot("golden/openmetrics.prom");
  });

  it("is text of the older format as well, and ends in # EOF", () => {
    const text = renderOpenmetrics(all);
    const lines = text.trimEnd().split("\n");
    expect(lines.filter((line) => !sample.test(line) && !comment.test(line))).toEqual([]);
    expect(text.endsWith("\n# EOF\n")).toBe(true);
  });

  it("has each series once, though two runs have the same name", () => {
    const lines = renderOpenmetrics(reported([leaking(), leaking()])).split("\n");
    const series = lines.filter((line) => !line.startsWith("#")).map((line) => line.replace(/ \S+$/, ""));
    expect(new Set(series).size).toBe(series.length);
  });

  it.skipIf(!hasParser && process.env["CI"] !== "true")(
    "is OpenMetrics to Prometheus' own parser, whatever the target says",
    () => {
      const hostile = sampleOf(hostileText, 60).map((text) => renderOpenmetrics(reported(saying(text))));
      const [known, ...others] = families([renderOpenmetrics(all), ...hostile]);
      expect(known?.map(([name, type]) => `${name} ${type}`)).toContain("watertight_run_operations gauge");
      expect(known?.find(([name]) => name === "watertight_exhaustion_seconds")?.[2]).toBe("seconds");
      expect(others.filter((one) => one.length < 8)).toEqual([]);
      expect(() => families([renderOpenmetrics(all).replace("# EOF\n", "")])).toThrow("EOF");
    },
  );
});
