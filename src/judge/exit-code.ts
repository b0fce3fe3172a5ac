import { type ExitCode, exitCodes } from "../model/problem.js";
import type { ScenarioResult, ScenarioVerdict } from "../model/verdict.js";

/** The gravest first: what several scenarios come to. */
const order: readonly (readonly [ScenarioVerdict, ExitCode])[] = [
  ["fail", exitCodes.fail],
  ["broke", exitCodes.broke],
  ["inconclusive", exitCodes.inconclusive],
  ["unchecked", exitCodes.inconclusive],
  ["pass", exitCodes.pass],
];

export interface Ending {
  /** The user stopped the tool: then the verdicts decide nothing. */
  readonly interrupted: boolean;
}

/** What the process exits with. No result at all is no pass. */
export function exitCodeOf(results: readonly Pick<ScenarioResult, "verdict">[], ending: Ending): ExitCode {
  if (ending.interrupted) return exitCodes.interrupted;
  const gravest = order.find(([verdict]) => results.some((result) => result.verdict === verdict));
  return gravest?.[1] ?? exitCodes.inconclusive;
}
