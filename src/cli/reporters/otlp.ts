import { brokeProblem, type Problem, usageProblem } from "../../model/problem.js";
import type { Report, ReporterContext, ReporterFactory } from "../../model/reporting.js";
import { type Addresses, send } from "../../otlp/send.js";
import { measuresOf } from "../../report/measures.js";
import { tame } from "../../report/tame.js";
import { within } from "./within.js";

/** Tries included: nobody waits longer for a collector that does not answer. */
const sendWithinMs = 10_000;
/** A receiver that answers drop by drop is no reason to wait on. */
const atMostMs = 12_000;
const usual = "http://localhost:4318";

/** Metrics and spans to an OpenTelemetry collector, or to any that receives OTLP over HTTP. */
export const otlpReporter: ReporterFactory = (context) => {
  const to = addressesOf(context);
  return { onEnd: (report) => deliver(report, to) };
};

async function deliver(report: Report, to: Addresses): Promise<void> {
  if (report.runs.length === 0) return;
  const parcel = { report, measures: measuresOf(report), tell: tame };
  const { metrics, traces } = await within(atMostMs, () => send(parcel, { to, withinMs: sendWithinMs }));
  if (metrics) throw undelivered("metrics", to.metrics, metrics);
  // Prometheus takes metrics only.
  if (traces && !isUnknownPath(traces)) throw undelivered("spans", to.traces, traces);
}

function isUnknownPath(error: Error): boolean {
  return "code" in error && error.code === 404;
}

function undelivered(what: string, url: string, error: Error): Problem {
  const code = "code" in error && typeof error.code === "number" ? `HTTP ${error.code}` : "";
  const why = [code, error.message].filter((part) => part !== "").join(" ") || "no answer";
  const fix = "start a collector there, or name one: --reporter otlp=http://HOST:4318";
  return brokeProblem({ what: `${what} not delivered to ${url}`, why, fix }, error);
}

/** As the specification of the exporters has it: one address for both kinds, or one of its own for each. */
function addressesOf({ destination, env }: Pick<ReporterContext, "destination" | "env">): Addresses {
  const base = destination ?? named(env, "OTEL_EXPORTER_OTLP_ENDPOINT") ?? usual;
  const own = (name: string): string | undefined =>
    destination === undefined ? named(env, `OTEL_EXPORTER_OTLP_${name}_ENDPOINT`) : undefined;
  return {
    metrics: requireUrl(own("METRICS") ?? `${base.replace(/\/+$/, "")}/v1/metrics`),
    traces: requireUrl(own("TRACES") ?? `${base.replace(/\/+$/, "")}/v1/traces`),
  };
}

function named(env: ReporterContext["env"], name: string): string | undefined {
  return env[name] === "" ? undefined : env[name];
}

function requireUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ["http:", "https:"].includes(url.protocol)) return url.href;
  throw usageProblem({
    what: `${text} is no address of a collector`,
    why: "otlp sends over HTTP",
    fix: "write it whole: --reporter otlp=http://127.0.0.1:4318",
  });
}
