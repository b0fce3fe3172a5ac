import { countAt, jsonIn } from "./json.js";
import type { Said, Tally } from "./said.js";

/**
 * Requests of Locust, of all its workers. Its CSV files are not read: they are written now and then, and lack the end.
 * Sources: https://docs.locust.io/en/stable/configuration.html (`--json`), and the table that Locust 2 prints on stderr.
 */
export function locustTally({ stdout, stderr, report }: Said): Tally | undefined {
  return fromJson(jsonIn(report)) ?? fromJson(jsonIn(stdout)) ?? fromTable(stderr) ?? fromTable(stdout);
}

function fromJson(stats: unknown): Tally | undefined {
  if (!Array.isArray(stats)) return undefined;
  const entries: readonly unknown[] = stats;
  const all = entries.map((entry) => countAt(entry, "num_requests"));
  if (all.includes(undefined)) return undefined;
  const failed = sum(entries.map((entry) => countAt(entry, "num_failures")));
  return { landed: sum(all) - failed, failed };
}

/** One table a while, and the last one at the end; after it come percentiles, whose rows have no share of failures. */
function fromTable(text: string): Tally | undefined {
  const rows = [...text.matchAll(/^ *Aggregated +(\d+) +(\d+)\(\d+\.\d+%\)/gm)];
  const [, all, failed] = rows.at(-1) ?? [];
  if (all === undefined || failed === undefined) return undefined;
  return { landed: Number(all) - Number(failed), failed: Number(failed) };
}

function sum(counts: readonly (number | undefined)[]): number {
  return counts.reduce<number>((total, count = 0) => total + count, 0);
}
