import { formatDuration } from "../model/units.js";
import { StepFailure, inert } from "./failure.js";
import { describeMatch } from "./match.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Waits for a message; one that came since the last `expect` counts. */
export async function expect(session: Session, step: StepOf<"expect">): Promise<void> {
  const { connection } = session;
  // Throws where there is no connection; a closed one may still have brought the message.
  const { watch } = connection ?? session.connected;
  const nth = watch.next();
  watch.recheck();
  await session.until({
    withinMs: step.withinMs,
    check: () => {
      if (watch.has(nth)) return true;
      if (!connection?.isOpen) throw session.connected.ending;
      return false;
    },
    late: () => {
      const within = formatDuration(step.withinMs);
      const type = step.event === undefined ? "" : ` of type ${inert(step.event)}`;
      return new StepFailure(`${describeMatch(step.match)}${type} within ${within}`, watch.last);
    },
  });
  session.learn(watch.taken(nth));
}
