import { countAt, jsonIn } from "./json.js";
import type { Said, Tally } from "./said.js";

/**
 * Requests of autocannon with `--json`: those answered with 1xx to 3xx, and the others with those that came to no answer.
 * Without `--json` it prints rounded numbers ("52k requests"), which are none.
 * Source: https://github.com/mcollina/autocannon#autocannonopts-cb, as autocannon 8.0 prints it.
 */
export function autocannonTally({ stdout, report }: Said): Tally | undefined {
  return fromJson(jsonIn(report)) ?? fromJson(jsonIn(stdout));
}

function fromJson(result: unknown): Tally | undefined {
  const counts = (["1xx", "2xx", "3xx"] as const).map((code) => countAt(result, code) ?? 0);
  // Timeouts are among the errors.
  const others = (["4xx", "5xx", "errors", "mismatches"] as const).map((key) => countAt(result, key) ?? 0);
  if (countAt(result, "2xx") === undefined || countAt(result, "errors") === undefined) return undefined;
  return { landed: sum(counts), failed: sum(others) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
