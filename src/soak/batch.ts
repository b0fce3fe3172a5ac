import type { Course } from "./course.js";

export interface Batch {
  /** 0 for the warm-up. */
  readonly number: number;
  readonly operations: number;
  readonly rampMs: number;
}

/** Without a ramp, sessions start as fast as the concurrency lets them. */
export const noRamp = 0;

/** Runs the operations of one batch to their ends. One of which none landed stalls the run. */
export async function runBatch(course: Course, batch: Batch): Promise<void> {
  const { driver, engine, fate, scenario, holdBack } = course;
  if (engine) {
    // It goes on until it has done its batch, and so does a load that is made elsewhere.
    await holdBack?.wait(fate.ending);
    return engine.runBatch(batch);
  }
  const { concurrency } = scenario.load;
  const tally = await driver.runBatch({ ...batch, concurrency, signal: fate.ending });
  const [reason, count] = [...tally.reasons].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  if (tally.landed > 0 || reason === undefined) return;
  fate.stalled(`no operation of ${batchName(batch)} landed: ${reason} (${count} of ${batch.operations})`);
}

export function batchName({ number }: Pick<Batch, "number">): string {
  return number === 0 ? "the warm-up" : `batch ${number}`;
}
