import type { Held } from "../../model/progress.js";
import type { ProcessEntry } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import { formatBytes } from "../../model/units.js";
import { inert } from "../inert.js";
import { cut } from "../text-width.js";
import { amountOf } from "./history.js";
import { resourceTable } from "./resources.js";
import type { Kind, Row } from "./state.js";

/** A look that somebody asked for. */
export interface Look {
  readonly snapshot: Pick<Snapshot, "phase" | "batch" | "operations" | "processes">;
  readonly held: Held;
  readonly kind: Kind;
  /** With the baselines. */
  readonly rows: readonly Row[];
}

const mostProcesses = 8;

/** What is held now, against the baseline, and the processes that hold most fds: lines below `width` columns. */
export function lookLines({ snapshot, held, rows, kind }: Look, width: number): string[] {
  const { phase, batch, operations, processes } = snapshot;
  const of =
    kind === "watch" ? `after look ${batch} of the watch` : `batch ${batch}, ${operations} operations`;
  const where = batch > 0 ? of : phase;
  const now = rows.flatMap((row): Row[] => {
    const value = amountOf(row.what, held);
    return value === undefined ? [] : [{ ...row, now: value, points: [value], grows: false }];
  });
  const lines = resourceTable(now, width - 1);
  return [`looked: ${where}`, ...lines, ...processLines(processes)].map((line) =>
    cut(line.trimEnd(), width - 1),
  );
}

function processLines(processes: readonly ProcessEntry[]): string[] {
  const byFds = processes.toSorted((a, b) => (b.fdCount ?? 0) - (a.fdCount ?? 0));
  const lines = byFds.slice(0, mostProcesses).map(processText);
  const more = processes.length - mostProcesses;
  return more > 0 ? [...lines, `and ${more} more processes`] : lines;
}

function processText({ pid, state, fdCount, threads, memory, command, name }: ProcessEntry): string {
  const rss = memory && formatBytes(memory.rssBytes);
  const facts = [
    `${state === "Z" ? "zombie " : ""}pid ${pid}`,
    `${fdCount ?? "?"} fds`,
    `${threads} threads`,
    rss,
  ];
  return `${facts.filter((fact) => fact !== undefined).join(", ")}: ${inert(command === "" ? name : command)}`;
}
