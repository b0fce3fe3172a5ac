import { countAt, fieldAt, jsonIn } from "./json.js";
import type { Said, Tally } from "./said.js";

/**
 * Virtual users of Artillery: each is one run of a scenario.
 * Sources: https://www.artillery.io/docs/reference/reported-metrics, and the summary that Artillery 2 prints.
 */
export function artilleryTally({ stdout, report }: Said): Tally | undefined {
  return fromReport(jsonIn(report)) ?? fromSummary(stdout);
}

function fromReport(report: unknown): Tally | undefined {
  const counters = fieldAt(report, "aggregate", "counters");
  if (counters === undefined) return undefined;
  return tally((name) => countAt(counters, name));
}

/** What stands before it is of periods of ten seconds. */
function fromSummary(text: string): Tally | undefined {
  const at = text.lastIndexOf("Summary report @");
  if (at < 0) return undefined;
  const lines = text.slice(at).matchAll(/^([\w.]+): \.+ (\d+)$/gm);
  const counters = new Map([...lines].map(([, name = "", count = ""]) => [name, Number(count)]));
  return tally((name) => counters.get(name));
}

/** A counter that was never added to is left out. */
function tally(count: (name: string) => number | undefined): Tally | undefined {
  if (count("vusers.created") === undefined) return undefined;
  return { landed: count("vusers.completed") ?? 0, failed: count("vusers.failed") ?? 0 };
}
