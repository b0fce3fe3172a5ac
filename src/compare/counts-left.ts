import { heldFds } from "../judge/fds.js";
import type { Holdings } from "../judge/holdings.js";
import { lackOf } from "../judge/minimums.js";
import { heldProcesses } from "../judge/processes.js";
import { heldPtys } from "../judge/ptys.js";
import type { RunView } from "../judge/run-view.js";
import { taskSource } from "../judge/task-series.js";
import { heldZombies } from "../judge/zombies.js";
import type { CriterionId } from "../model/verdict.js";
import { stayed } from "../stats/stayed.js";

/** The resources that are counted. */
export type CountId = Exclude<CriterionId, "memory">;

/** What came with a batch, and was there to the end. */
export interface LeftInBatch {
  readonly operations: number;
  readonly units: number;
}

export interface CountsLeft {
  readonly batches: readonly LeftInBatch[];
  /** What they are counted by, where that may differ from run to run. */
  readonly by: string | undefined;
  /** Its judge took it for no leak. */
  readonly passes: boolean;
}

type Found = Omit<CountsLeft, "passes">;

const holders: Readonly<Record<Exclude<CountId, "tasks">, (view: RunView) => Holdings<unknown> | undefined>> =
  { processes: heldProcesses, fds: heldFds, zombies: heldZombies, ptys: heldPtys };

/** What the operations of a run left of a counted resource, by batch; or what the record lacks for that. */
export function countsLeft(view: RunView, id: CountId): Found | string {
  return id === "tasks" ? tasksLeft(view) : setLeft(view, holders[id](view));
}

/** Sets: who was not there at the baseline and is there after the drain, less those that only took the place of another. */
function setLeft(view: RunView, holdings: Holdings<unknown> | undefined): Found | string {
  if (!holdings) return "what was held could not be read";
  const lack = lackOf(view, holdings.points.length);
  if (lack !== undefined) return lack;
  const last = holdings.points.at(-1)?.batch ?? 0;
  const born = holdings.survivors.flatMap(({ standsIn, bornBatch }) => (standsIn ? [] : [bornBatch ?? last]));
  const ends = holdings.points.map(({ operations }) => operations);
  const units = holdings.points.map(({ batch }) => born.filter((one) => one === batch).length);
  return { batches: rowsOf(ends, units), by: undefined };
}

/** Numbers: what came at a point and was never given back. */
function tasksLeft(view: RunView): Found | string {
  const { name, levels } = taskSource(view);
  const [level] = levels;
  const series = level?.series;
  if (!series || series.baseline.length === 0) return "tasks could not be counted";
  const lack = lackOf(view, series.points.length);
  if (lack !== undefined) return lack;
  if (series.drain.length === 0) return "tasks could not be counted after the drain";
  const held = [Math.min(...series.baseline), ...series.points.map(({ value }) => value)];
  const ends = series.points.map(({ operations }) => operations);
  return { batches: rowsOf(ends, stayed(held, Math.min(...series.drain))), by: name };
}

/** Points between which no operation ended count as one. */
function rowsOf(ends: readonly number[], units: readonly number[]): LeftInBatch[] {
  const rows: LeftInBatch[] = [];
  let [from, kept] = [0, 0];
  for (const [index, end] of ends.entries()) {
    kept += units[index] ?? 0;
    if (end <= from) continue;
    rows.push({ operations: end - from, units: kept });
    [from, kept] = [end, 0];
  }
  const last = rows.pop();
  return last ? [...rows, { ...last, units: last.units + kept }] : [];
}
