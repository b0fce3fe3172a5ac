import type { CriterionResult } from "../model/verdict.js";
import { judgeView } from "../judge/judge-run.js";
import { type RunView, viewOf } from "../judge/run-view.js";
import type { RunLine, RunRecord } from "../model/record.js";
import { type CountId, type CountsLeft, countsLeft } from "./counts-left.js";
import { type MemoryGrowth, memoryGrowth } from "./memory-growth.js";

/** What was read of a resource, or what kept it from being read. */
export type Reading<T> =
  | { readonly read: T; readonly lack?: never }
  | { readonly read?: never; readonly lack: string };

/** All that a comparison takes of one run: small, whatever the size of its record. */
export interface RunReading {
  /** As the user would type it. */
  readonly where: string;
  readonly run: RunLine;
  readonly operations: number;
  /** Why nothing of it can be compared; undefined where something can. */
  readonly unusable: string | undefined;
  /** What is to be known of it. */
  readonly noted: readonly string[];
  readonly counts: Readonly<Record<CountId, Reading<CountsLeft>>>;
  readonly memory: Reading<MemoryGrowth>;
}

/** Reads a record for a comparison. */
export function readRun(record: RunRecord, where: string): RunReading {
  const view = viewOf(record);
  const { criteria, broke } = judgeView(view);
  const results = new Map(criteria.map((result) => [result.id, result]));
  const counts = (id: CountId): Reading<CountsLeft> => readable(results.get(id), () => countsLeft(view, id));
  return {
    where,
    run: record.run,
    operations: view.ended,
    unusable: unusable(view, broke),
    noted: notedOf(record),
    counts: {
      tasks: counts("tasks"),
      processes: counts("processes"),
      fds: counts("fds"),
      zombies: counts("zombies"),
      ptys: counts("ptys"),
    },
    memory: readable(results.get("memory"), () => memoryGrowth(view)),
  };
}

/** What its judge could not check was not measured. */
function readable<T extends object>(
  result: CriterionResult | undefined,
  read: () => T | string,
): Reading<T & { readonly passes: boolean }> {
  if (result?.verdict === "unchecked") return { lack: result.reason };
  const found = read();
  return typeof found === "string"
    ? { lack: found }
    : { read: { ...found, passes: result?.verdict === "pass" } };
}

function unusable(view: RunView, broke: string | undefined): string | undefined {
  const { run } = view.record;
  if (run.watched) return "it was watched: nobody paced the load, so there is no rate per operation";
  if (run.traced === true) return "it is a second pass, in which where things are made was noted";
  if (broke !== undefined) return `it broke: ${broke}`;
  if (view.batches.length === 0) return "it ended before its first batch";
  return undefined;
}

function notedOf({ end, truncated }: RunRecord): string[] {
  if (end?.outcome === "interrupted") return ["it was interrupted"];
  if (end?.outcome === "stalled") return ["its load ended early"];
  return truncated ? ["its record is cut short"] : [];
}
