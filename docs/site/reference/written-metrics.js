import { existsSync } from "node:fs";
import { code, table } from "./table.js";

const renderer = new URL("../../../dist/report/openmetrics.js", import.meta.url);

/** The metrics that the reporter openmetrics writes of a run that has a number for everything; empty without that reporter. */
export async function writtenMetrics() {
  if (!existsSync(renderer)) return "";
  const { renderOpenmetrics } = await import(renderer.href);
  return `
## Written by the reporters \`openmetrics\` and \`otlp\`

All are gauges, and of one run. \`otlp\` sends the same under \`watertight.NAME\`, without the unit, which has a field of its own.

${table(["name", "labels", "what"], rowsOf(renderOpenmetrics(sample())))}`;
}

function rowsOf(text) {
  const help = [...text.matchAll(/^# HELP (\S+) (.*)$/gm)];
  return help.map(([, name, what]) => [code(name), labelsOf(name, text).map(code).join(", "), what]);
}

function labelsOf(name, text) {
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`));
  return [...new Set(lines.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, label]) => label)))];
}

function sample() {
  const rate = { rate: 1, low: 1, high: 1 };
  const numbers = { baseline: 1, peak: 1, end: 1, limit: 1, perOperation: 1, low: 1, high: 1, detectable: 1 };
  const hours = { hoursToExhaustion: 1, hoursLow: 1, hoursHigh: 1, perHour: rate };
  const criteria = ["count", "bytes"].flatMap((unit) =>
    ["operation", "second"].map((per) => ({
      id: `${unit}-${per}`,
      unit,
      per,
      verdict: "pass",
      ...numbers,
      ...hours,
    })),
  );
  const result = {
    name: "",
    verdict: "pass",
    durationMs: 1,
    operations: { landed: 1, failed: 1, byFlow: {} },
    findings: [],
    criteria,
  };
  const record = { run: { startedAtMs: 1, scenario: { target: { command: [] } } } };
  return { tool: "watertight 1", exitCode: 0, runs: [{ result, record, series: {} }] };
}
