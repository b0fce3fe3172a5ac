import { StepFailure } from "./failure.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/**
 * Leaves without a close frame. Whether the target then hangs up is what a run is there to find
 * out, so after `withinMs` the operation goes on, and the step still went as declared. A silent
 * client's socket stays open even then: a peer that vanished sends no FIN either.
 */
export async function drop(session: Session, step: StepOf<"drop">): Promise<void> {
  const connection = session.connected;
  if (step.how === "half-close" || step.how === "stall") throw new StepFailure(`${step.how} is not done yet`);
  connection[step.how]();
  await session.until({
    withinMs: step.withinMs,
    check: () => connection.isClosed,
    late: () => undefined,
  });
  if (step.how === "silence" && !connection.isClosed) session.leaves(connection);
  else connection.destroy();
}
