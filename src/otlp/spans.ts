import { context, type Span, SpanStatusCode, trace, type Tracer, type HrTime } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { ReportedRun } from "../model/reporting.js";
import { phasesOf } from "./phases.js";
import { scopeName } from "./resource.js";

/** Makes a text of the target's harmless. */
export type Tell = (text: string) => string;

/** One span for each run, and in it one for each phase. */
export function spansOf(runs: readonly ReportedRun[], resource: Resource, tell: Tell): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource,
    // Whatever the environment says of sampling: these few spans are what was asked for.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer(scopeName);
  for (const run of runs) addRun(run, tracer, tell);
  return exporter.getFinishedSpans();
}

function addRun({ result, record }: ReportedRun, tracer: Tracer, tell: Tell): void {
  const startMs = record.run.startedAtMs;
  const phases = phasesOf(record);
  const endMs = Math.max(startMs + result.durationMs, ...phases.map((phase) => phase.endMs));
  const root = context.active();
  const span = tracer.startSpan(
    `run ${tell(result.name)}`,
    {
      startTime: timeOf(startMs),
      attributes: {
        "watertight.scenario": tell(result.name),
        "watertight.verdict": result.verdict,
        "watertight.operations.landed": result.operations.landed,
        "watertight.operations.failed": result.operations.failed,
      },
    },
    root,
  );
  for (const { criterion, resource, summary, origin } of result.findings) {
    const place = origin && { "code.location": tell(origin.at) };
    span.addEvent(
      "leak",
      { criterion, resource: tell(resource), summary: tell(summary), ...place },
      timeOf(endMs),
    );
  }
  setStatus(span, result, tell);
  for (const { name, startMs, endMs: phaseEndMs, events } of phases) {
    const child = tracer.startSpan(name, { startTime: timeOf(startMs) }, trace.setSpan(root, span));
    for (const event of events) child.addEvent(event.name, event.attributes, timeOf(event.atMs));
    child.end(timeOf(phaseEndMs));
  }
  span.end(timeOf(endMs));
}

function setStatus(span: Span, { verdict, broke }: ReportedRun["result"], tell: Tell): void {
  if (verdict === "pass") span.setStatus({ code: SpanStatusCode.OK });
  if (verdict === "fail") span.setStatus({ code: SpanStatusCode.ERROR, message: "something leaks" });
  if (verdict === "broke") span.setStatus({ code: SpanStatusCode.ERROR, message: tell(broke ?? "it broke") });
}

/** Seconds and nanoseconds: a small number of milliseconds is taken for a time since the process started. */
function timeOf(atMs: number): HrTime {
  return [Math.trunc(atMs / 1000), Math.round((atMs % 1000) * 1e6)];
}
