import { formatDuration } from "../model/units.js";
import { StepFailure } from "./failure.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Says goodbye with a close frame and waits until the target has hung up. */
export async function close(session: Session, step: StepOf<"close">): Promise<void> {
  const connection = session.connected;
  connection.close(step.code);
  await session.until({
    withinMs: step.withinMs,
    check: () => connection.isClosed,
    late: () => new StepFailure(`close not answered within ${formatDuration(step.withinMs)}`),
  });
}
