import type { PlannedTrial } from "./plan.js";

export interface Elapsed {
  readonly givenMs: number;
  readonly elapsedMs: number;
  /** What was planned for the trials that are over, and what they took. */
  readonly done: readonly { readonly expectedMs: number; readonly tookMs: number }[];
}

/** More than was given, as a share of it, that a last trial may take. */
const overrun = 0.1;

/** Whether there is still time for a trial, at the pace that this machine has shown. */
export function fitsIn({ expectedMs }: Pick<PlannedTrial, "expectedMs">, elapsed: Elapsed): boolean {
  const { givenMs, elapsedMs, done } = elapsed;
  return elapsedMs + expectedMs * paceOf(done) <= givenMs * (1 + overrun);
}

function paceOf(done: Elapsed["done"]): number {
  const expectedMs = done.reduce((sum, trial) => sum + trial.expectedMs, 0);
  const tookMs = done.reduce((sum, trial) => sum + trial.tookMs, 0);
  return expectedMs === 0 ? 1 : tookMs / expectedMs;
}
