import { messageOf } from "../model/problem.js";
import type { Step } from "../model/scenario.js";
import { StepFailure, Stopped, inert } from "./failure.js";
import type { Session } from "./session.js";
import { runStep } from "./run-step.js";

/** How the steps of one session went. */
export type Outcome =
  | { readonly outcome: "landed" | "aborted" }
  /** `step` is counted from 1; `cause` is the same for the same cause, `reason` also says what was seen. */
  | { readonly outcome: "failed"; readonly step: number; readonly cause: string; readonly reason: string };

/** Runs the steps in order until one does not go as declared. What they opened stays open. */
export async function runSteps(session: Session, steps: readonly Step[]): Promise<Outcome> {
  for (const [at, step] of steps.entries()) {
    if (session.isStopped) return { outcome: "aborted" };
    session.at = at;
    try {
      const running = runStep(session, step);
      if (running) await running;
    } catch (error) {
      if (error instanceof Stopped || session.isStopped) return { outcome: "aborted" };
      return failed(at + 1, step, error);
    }
  }
  return { outcome: "landed" };
}

function failed(number: number, step: Step, error: unknown): Outcome {
  const what = error instanceof StepFailure ? error.message : inert(messageOf(error));
  const cause = `step ${number} ${step.kind}: ${what}`;
  const detail = error instanceof StepFailure ? error.detail : undefined;
  return { outcome: "failed", step: number, cause, reason: detail ? `${cause}; ${detail}` : cause };
}
