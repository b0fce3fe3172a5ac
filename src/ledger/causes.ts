import type { Judgement } from "../judge/judge-run.js";
import type { RunView } from "../judge/run-view.js";
import type { Finding, FlowRate } from "../model/finding.js";
import type { Ledger } from "./attribute.js";

export interface Accounted {
  readonly view: RunView;
  readonly judgement: Judgement;
  readonly ledger: Ledger;
  readonly flows: readonly FlowRate[];
}

/** One finding for each cause, what runs out first first. */
export function causesOf({ judgement, flows }: Accounted): Finding[] {
  return judgement.findings.map(({ left, ...leak }) => ({
    ...leak,
    criteria: [leak.criterion],
    resources: [
      {
        criterion: leak.criterion,
        resource: leak.resource,
        count: left.length === 0 ? undefined : left.length,
        hoursToExhaustion: judgement.criteria.find(({ id }) => id === leak.criterion)?.hoursToExhaustion,
      },
    ],
    by: undefined,
    flows: flows.filter(({ criterion, verdict }) => criterion === leak.criterion && verdict === "leaks"),
    origin: undefined,
  }));
}
