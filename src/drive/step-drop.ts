import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/**
 * Leaves without a close frame. Whether the target then hangs up is what a run is there to find
 * out, so one that stays is left after `withinMs`, and the step still went as declared.
 */
export async function drop(session: Session, step: StepOf<"drop">): Promise<void> {
  const connection = session.connected;
  connection[step.how]();
  await session.until({
    withinMs: step.withinMs,
    check: () => connection.isClosed,
    late: () => undefined,
  });
  connection.destroy();
}
