import type { ScenarioResult } from "../model/verdict.js";
import { allowanceText } from "./allowance-text.js";
import { flowLines } from "./flow-table.js";
import { paintOf } from "./paint.js";
import { tame, wellFormed } from "./tame.js";

const width = 100;

/** Why each verdict is as it is, and what else a reader must know to trust it; one line each, each cut. */
export function reasonsLines(result: ScenarioResult): string[] {
  const { criteria, allowances, notes, logTail } = result;
  const reasons = criteria.filter(({ reason }) => reason !== "");
  const flows = flowLines(result, { paint: paintOf(false), width });
  return [
    ...reasons.map(({ id, verdict, reason }) => tame(`${`${id}: `.padEnd(11)}${verdict}; ${reason}`)),
    ...flows.map((line) => wellFormed(line).replace(/^ {2}/, "")),
    ...allowances.map((use) => tame(allowanceText(use))),
    ...notes.map((note) => tame(`note: ${note}`)),
    ...(logTail.length === 0 ? [] : ["last lines of the target:"]),
    ...logTail.map((line) => `  ${tame(line)}`),
  ];
}
