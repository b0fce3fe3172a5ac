import type { Resource } from "@opentelemetry/resources";
import { MeterProvider, MetricReader, type ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { Measure } from "../model/measure.js";
import { scopeName } from "./resource.js";

/** As the Unified Code for Units of Measure writes them. */
const units = { seconds: "s", bytes: "By" } as const;

/** Read once, when all is in it. */
class OneReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** The measures as metrics under `watertight.`; those with a unit have it in the field for it, not in the name. */
export async function metricsOf(measures: readonly Measure[], resource: Resource): Promise<ResourceMetrics> {
  const reader = new OneReader({ cardinalitySelector: () => Number.MAX_SAFE_INTEGER });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter(scopeName);
  for (const { name, help, unit, samples } of measures) {
    const options = { description: help, ...(unit && { unit: units[unit] }) };
    const gauge = meter.createGauge(`watertight.${name}`, options);
    for (const { labels, value } of samples) gauge.record(value, labels);
  }
  const { resourceMetrics } = await reader.collect();
  return resourceMetrics;
}
