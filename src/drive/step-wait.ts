import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Does nothing for a while. */
export async function wait(session: Session, step: StepOf<"wait">): Promise<void> {
  await session.pause(step.ms);
}
