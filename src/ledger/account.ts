import { judgeView } from "../judge/judge-run.js";
import { viewOf } from "../judge/run-view.js";
import type { RunRecord } from "../model/record.js";
import type { ScenarioResult } from "../model/verdict.js";
import { attribute } from "./attribute.js";
import { causesOf } from "./causes.js";
import { flowRates } from "./flow-rates.js";
import { withOrigins } from "./with-origins.js";

/**
 * Judges a record and names what leaked: who left it, which flow leaks, which findings have one cause, and, with the
 * record of a second pass, where it was made. Pure.
 */
export function account(record: RunRecord, traced?: RunRecord): ScenarioResult {
  const view = viewOf(record);
  const judgement = judgeView(view);
  const left = judgement.findings.flatMap((leak) => leak.left);
  const ledger = attribute(view, left);
  const flows = flowRates({ view, judgement, ledger });
  const findings = causesOf({ view, judgement, ledger, flows });
  return withOrigins({ ...judgement, findings, flows }, traced);
}
