import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import type { Measure } from "../model/measure.js";
import type { Report } from "../model/reporting.js";
import { metricsOf } from "./metrics.js";
import { resourceOf } from "./resource.js";
import { spansOf, type Tell } from "./spans.js";

/** Where the two kinds go: whole URLs. */
export interface Addresses {
  readonly metrics: string;
  readonly traces: string;
}

export interface Parcel {
  readonly report: Report;
  readonly measures: readonly Measure[];
  readonly tell: Tell;
}

interface Sent {
  readonly error?: Error | undefined;
}

/** What became of each kind; undefined = it is there. */
export interface Outcome {
  readonly metrics: Error | undefined;
  readonly traces: Error | undefined;
}

/**
 * Sends the numbers, and a span for each run and phase, over HTTP in protobuf (OTLP 1). Where it fails it is tried again, five
 * times at most, all within the time.
 */
export async function send(
  { report, measures, tell }: Parcel,
  { to, withinMs }: { readonly to: Addresses; readonly withinMs: number },
): Promise<Outcome> {
  const resource = resourceOf(report.tool);
  const metricExporter = new OTLPMetricExporter({ url: to.metrics, timeoutMillis: withinMs });
  const traceExporter = new OTLPTraceExporter({ url: to.traces, timeoutMillis: withinMs });
  const numbers = await metricsOf(measures, resource);
  const spans = spansOf(report.runs, resource, tell);
  const [metrics, traces] = await Promise.all([
    sent((done) => metricExporter.export(numbers, done)),
    spans.length === 0 ? undefined : sent((done) => traceExporter.export(spans, done)),
  ]);
  await Promise.all([metricExporter.shutdown(), traceExporter.shutdown()]);
  return { metrics, traces };
}

function sent(start: (done: (result: Sent) => void) => void): Promise<Error | undefined> {
  return new Promise((resolve) => start(({ error }) => resolve(error)));
}
