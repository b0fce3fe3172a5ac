import { countAt, fieldAt, jsonIn } from "./json.js";
import type { Said, Tally } from "./said.js";

/**
 * Iterations of k6: each is one run of the script's function. An iteration of which a request or a check failed is a
 * failed one; where there are several of these in each, no more than all.
 * Sources: https://grafana.com/docs/k6/latest/results-output/end-of-test/, `--summary-export` (legacy),
 * `handleSummary` (values below `values`), and the text as k6 1.8 and 0.57 print it.
 */
export function k6Tally({ stdout, report }: Said): Tally | undefined {
  return fromSummary(jsonIn(report)) ?? fromSummary(jsonIn(stdout)) ?? fromText(stdout);
}

function fromSummary(summary: unknown): Tally | undefined {
  const metrics = fieldAt(summary, "metrics");
  const valueOf = (name: string, field: string): number | undefined =>
    countAt(metrics, name, "values", field) ?? countAt(metrics, name, field);
  if (metrics === undefined || fieldAt(summary, "root_group") === undefined) return undefined;
  // Of a rate `passes` counts what is true, and here that is a failure.
  const failed = Math.max(valueOf("http_req_failed", "passes") ?? 0, valueOf("checks", "fails") ?? 0);
  // A metric that was never added to is left out.
  return divided(valueOf("iterations", "count") ?? 0, failed);
}

function fromText(text: string): Tally | undefined {
  const iterations = /^ *iterations\.*: +(\d+) /m.exec(text)?.[1];
  const ended = [...text.matchAll(/(\d+) complete and \d+ interrupted iterations/g)].at(-1)?.[1];
  const all = iterations ?? ended;
  if (all === undefined) return undefined;
  return divided(Number(all), Math.max(failedOf(text, "http_req_failed"), failedChecks(text)));
}

function failedOf(text: string, metric: string): number {
  const line = new RegExp(`^ *${metric}\\.*: +(.*)$`, "m").exec(text)?.[1] ?? "";
  return Number(/(\d+) out of \d+/.exec(line)?.[1] ?? /✓ (\d+)/.exec(line)?.[1] ?? 0);
}

function failedChecks(text: string): number {
  const old = /^ *checks\.*: +.*✗ (\d+)/m.exec(text)?.[1];
  return old === undefined ? failedOf(text, "checks_failed") : Number(old);
}

function divided(all: number, failed: number): Tally {
  const most = Math.min(all, failed);
  return { landed: all - most, failed: most };
}
