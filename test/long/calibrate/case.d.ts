import type { Series } from "../../../src/model/series.js";

export interface Shape {
  readonly name: string;
  readonly family: string;
  readonly group: "public" | "wide";
  readonly kind: "count" | "memory";
  readonly label: "leak" | "stable";
  readonly note: string;
  readonly exact?: boolean;
  readonly least?: number;
}

/** A labelled case in the format of `watertight judge --series`. */
export interface Labelled {
  readonly name: string;
  readonly shape: string;
  readonly label: "leak" | "stable";
  readonly kind: "count" | "memory";
  readonly opsPerBatch: number;
  readonly batchSeconds: number;
  readonly baseline: readonly number[];
  readonly samples: readonly (number | null)[];
  readonly finalDrain: readonly number[];
  readonly trueRatePerOp: number;
  readonly note: string;
  /** Far enough from the edge of what can be seen to be held to a bar. */
  readonly clear: boolean;
  readonly operations?: readonly number[];
  readonly seconds?: readonly number[];
}

export const shapes: readonly Shape[];
export function caseOf(
  shape: Shape,
  which: { readonly baseSeed: number | string; readonly batches: number; readonly seed: number },
): Labelled;
export function seriesOf(labelled: Labelled): Series;
