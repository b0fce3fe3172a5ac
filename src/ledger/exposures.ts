import type { RunView } from "../judge/run-view.js";
import type { Operation } from "../model/operation.js";

/** Operations of each flow in each of some rows of consecutive batches. */
export interface Exposures {
  /** Flows that ran, in the order of the scenario. */
  readonly flows: readonly string[];
  /** By flow and row. */
  readonly counts: readonly (readonly number[])[];
  /** The row that a batch belongs to; undefined = none. */
  readonly rowOf: (batch: number) => number | undefined;
}

/**
 * Who was at work when. A look that was lost makes one row of the batches around it.
 * @param ends numbers of the batches that a row ends with, rising
 */
export function exposuresOf(view: RunView, ends: readonly number[]): Exposures {
  const rowOf = rowFinder(ends);
  const counts = new Map<string, number[]>(
    view.record.run.scenario.flows.map(({ name }) => [name, ends.map(() => 0)]),
  );
  for (const operation of measuredOperations(view)) {
    const row = rowOf(operation.batch);
    if (row === undefined) continue;
    const ofFlow = counts.get(operation.flow) ?? ends.map(() => 0);
    counts.set(operation.flow, ofFlow);
    ofFlow[row] = (ofFlow[row] ?? 0) + 1;
  }
  const ran = [...counts].filter(([, ofFlow]) => ofFlow.some((count) => count > 0));
  return { flows: ran.map(([flow]) => flow), counts: ran.map(([, ofFlow]) => ofFlow), rowOf };
}

/** The numbers of the batches after which these levels were read. */
export function batchesAt(
  { baseline, batches }: RunView,
  points: readonly { readonly atMs: number }[],
): number[] {
  const startedAtMs = baseline.at(-1)?.atMs ?? 0;
  const numbers = new Map(batches.map(({ batch, atMs }) => [atMs - startedAtMs, batch]));
  return points.flatMap(({ atMs }) => numbers.get(atMs) ?? []);
}

/** Those that had ended before the look after their batch: sessions held open for the stop end later. */
function measuredOperations({ record, batches }: RunView): Operation[] {
  const looks = new Map(batches.map(({ batch, atMs }) => [batch, atMs]));
  return record.operations.filter(
    ({ batch, tail, outcome, endedAtMs }) =>
      batch > 0 &&
      tail !== true &&
      outcome !== "aborted" &&
      endedAtMs <= (looks.get(batch) ?? Number.POSITIVE_INFINITY),
  );
}

function rowFinder(ends: readonly number[]): Exposures["rowOf"] {
  const rows = new Map<number, number>();
  let from = 1;
  for (const [row, end] of ends.entries()) {
    for (let batch = from; batch <= end; batch++) rows.set(batch, row);
    from = end + 1;
  }
  return (batch) => rows.get(batch);
}
