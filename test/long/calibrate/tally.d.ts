import type { SeriesVerdict } from "../../../src/model/series.js";
import type { Labelled, Shape } from "./case.js";

export interface Outcome {
  readonly name: string;
  readonly falseFail: boolean;
  readonly missed: boolean;
  readonly missedAtDetectable: boolean;
  readonly undecided: boolean;
  readonly clear: boolean;
  readonly below: boolean;
  readonly above: boolean;
}

export interface Row {
  readonly shape: string;
  readonly group: "public" | "wide";
  readonly label: "leak" | "stable";
  readonly exact: boolean;
  readonly batches: number;
  readonly cases: number;
  readonly falseFails: number;
  readonly missed: number;
  readonly missedAtDetectable: number;
  readonly undecided: number;
  readonly clear: number;
  readonly clearUndecided: number;
  readonly bounded: number;
  readonly below: number;
  readonly above: number;
}

export function outcomeOf(labelled: Labelled, verdict: SeriesVerdict): Outcome;
export function rowOf(
  which: { readonly shape: Shape; readonly batches: number },
  outcomes: readonly Outcome[],
): Row;
