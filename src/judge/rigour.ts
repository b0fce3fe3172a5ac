import type { Rigour } from "../model/series.js";
import type { ActiveRule } from "./criterion.js";
import { statedPower } from "./power.js";
import type { RunView } from "./run-view.js";
import { slotsOf } from "./slots.js";

/** The chance that a whole run fails a healthy target. */
export const runAlpha = 0.001;

/** What a judgement has to share the run's chance to be wrong with. */
export interface Share {
  /** How many series the run judges. */
  readonly series: number;
  /** Which look at the run this is: 1, 2, 3 … */
  readonly look: number;
}

/**
 * How sure one judgement has to be. The series share the run's chance evenly (Bonferroni); look k takes
 * 1 / (k · (k + 1)) of it, which over any number of looks sums up to less than 1.
 * Source: K. K. G. Lan, D. L. DeMets, Discrete sequential boundaries for clinical trials, Biometrika 70 (1983) 659–663.
 */
export function rigourFor({ series, look }: Share): Rigour {
  return {
    alpha: runAlpha / series / (look * (look + 1)),
    power: statedPower,
    detectPerOperation: undefined,
  };
}

/** Tasks, memory from inside and from outside, and fds, for each place in the tree and for the sum. */
const kinds = 4;

/** The share of one series of a run, at the look that its record has come to. */
export function runRigour(view: RunView, rule: ActiveRule): Rigour {
  const places = slotsOf(view).length;
  const share = {
    series: kinds * Math.max(1, places > 1 ? places + 1 : places),
    look: Math.max(1, view.record.looks.length),
  };
  return { ...rigourFor(share), detectPerOperation: rule.detectPerOperation };
}
