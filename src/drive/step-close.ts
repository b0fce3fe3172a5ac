import { formatDuration } from "../model/units.js";
import { StepFailure } from "./failure.js";
import { untilReceiving } from "./receiving.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Says goodbye, as the protocol has it, and waits until the target has hung up. */
export async function close(session: Session, step: StepOf<"close">): Promise<void> {
  const connection = session.connected;
  if (step.whileReceiving) await untilReceiving(session, connection, step.withinMs);
  connection.close(step.code);
  await session.until({
    withinMs: step.withinMs,
    check: () => connection.isClosed,
    late: () => {
      const { unanswered } = connection;
      if (unanswered === undefined) return undefined;
      return new StepFailure(`${unanswered} within ${formatDuration(step.withinMs)}`);
    },
  });
}
