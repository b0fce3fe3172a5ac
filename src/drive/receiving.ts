import { formatDuration } from "../model/units.js";
import type { Connection } from "./connection.js";
import { StepFailure } from "./failure.js";
import type { Session } from "./session.js";

/** Waits until something arrives. Whoever then leaves at once leaves while the server still writes. */
export async function untilReceiving(
  session: Session,
  connection: Connection,
  withinMs: number,
): Promise<void> {
  let hasCome = false;
  const stop = connection.onBytes(() => {
    hasCome = true;
    session.changed();
  });
  try {
    await session.until({
      withinMs,
      check: () => {
        if (!hasCome && !connection.isOpen) throw connection.ending;
        return hasCome;
      },
      late: () => new StepFailure(`nothing arrived within ${formatDuration(withinMs)}`),
    });
  } finally {
    stop();
  }
}
