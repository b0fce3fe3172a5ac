import type { Judgement } from "../judge/judge-run.js";
import type { RunView } from "../judge/run-view.js";
import type { FlowRate } from "../model/finding.js";
import type { Ledger } from "./attribute.js";

export interface Mixed {
  readonly view: RunView;
  readonly judgement: Judgement;
  readonly ledger: Ledger;
}

/** What each flow leaves of each resource that fails, solved from the mixes of the batches. */
export function flowRates(_mixed: Mixed): FlowRate[] {
  return [];
}
