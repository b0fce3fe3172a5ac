import { statedPower } from "../judge/power.js";
import { exitCodes } from "../model/problem.js";
import { paintOf } from "../report/paint.js";
import { renderPlanJson } from "../report/plan-json.js";
import { renderPlans } from "../report/plan-text.js";
import { assumption } from "../scenario/estimate.js";
import { wantsColour } from "./host.js";
import { planOf } from "./plan-of.js";
import { parseRunRequest, type RunInput, type RunOptions } from "./run-request.js";

/** As commander leaves them. */
export interface PlanOptions extends Pick<RunOptions, "quick" | "duration"> {
  readonly reporter: string;
}

export interface PlanInput extends Omit<RunInput, "options"> {
  readonly options: PlanOptions;
}

/** A pipe has no width; a file is read in a window. */
const widthOfFiles = 100;

/**
 * `watertight plan`: what a run would do and be able to see. Nothing is started.
 * @returns 3 when the power that is asked for is out of reach, as the run would come to.
 */
export async function planCommand(input: PlanInput): Promise<number> {
  const { host, options } = input;
  const { reporter, ...size } = options;
  const request = await parseRunRequest({ ...input, options: { ...size, seed: "1", progress: false } });
  const planned = request.scenarios.map((scenario) => planOf(scenario, request));
  const isShort = planned.some(({ shortfall }) => shortfall !== undefined);
  const exitCode = isShort ? exitCodes.inconclusive : exitCodes.pass;
  const facts = { assumption, power: statedPower };
  const paint = paintOf(wantsColour(host, host.stdout));
  const width = host.stdout.columns ?? widthOfFiles;
  host.stdout.write(
    reporter === "json"
      ? renderPlanJson({ ...facts, planned, exitCode })
      : renderPlans(planned, { ...facts, paint, width }),
  );
  return exitCode;
}
