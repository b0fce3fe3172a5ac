import type { Measure, MeasureSample } from "../model/measure.js";
import type { Report } from "../model/reporting.js";
import { measuresOf } from "./measures.js";

/**
 * Numbers for Prometheus: OpenMetrics 1.0 text that readers of the older text format (0.0.4), such as node_exporter's
 * textfile collector, take as well. So no type that only one of them knows, and no time stamps.
 */
export function renderOpenmetrics(report: Report): string {
  return `${measuresOf(report).flatMap(familyLines).join("\n")}\n# EOF\n`;
}

function familyLines({ name, help, unit, samples }: Measure): string[] {
  const family = `watertight_${name}${unit === undefined ? "" : `_${unit}`}`;
  return [
    `# TYPE ${family} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${family} ${unit}`]),
    `# HELP ${family} ${help}`,
    ...samples.map((one) => `${family}${labelsText(one)} ${one.value}`),
  ];
}

function labelsText({ labels }: MeasureSample): string {
  const words = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return words.length === 0 ? "" : `{${words.join(",")}}`;
}

function escaped(value: string): string {
  return value
    .replaceAll("\\", String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll("\n", String.raw`\n`);
}
