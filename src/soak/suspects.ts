import { endedHere } from "../judge/assess.js";
import { judgeView } from "../judge/judge-run.js";
import { viewOf } from "../judge/run-view.js";
import { flowRates } from "../ledger/flow-rates.js";
import type { FlowRate } from "../model/finding.js";
import type { RunRecord } from "../model/record.js";

/** The flows that leak, as far as the drained run tells; where it cannot tell, those that may. */
export function suspectsOf(record: RunRecord): string[] {
  // The look that found what fails is in the record already.
  const view = viewOf({ ...endedHere(record, { drained: true }), looks: record.looks });
  // Who left what is not known yet: a run under way does not keep its operations apart.
  const rates = flowRates({ view, judgement: judgeView(view), ledger: new Map() });
  const criteria = new Set(rates.map(({ criterion }) => criterion));
  return [
    ...new Set([...criteria].flatMap((id) => accused(rates.filter(({ criterion }) => criterion === id)))),
  ];
}

function accused(rates: readonly FlowRate[]): string[] {
  const surely = rates.filter(({ verdict }) => verdict === "leaks");
  const suspects = surely.length > 0 ? surely : rates.filter(({ verdict }) => verdict === "unclear");
  return suspects.map(({ flow }) => flow);
}
