import type { Step } from "../model/scenario.js";
import { opens } from "./opening.js";
import { untilReceiving } from "./receiving.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

const acting: ReadonlySet<Step["kind"]> = new Set(["expect", "close", "drop"]);

/**
 * Leaves without a goodbye. Whether the target then hangs up is what a run is there to find
 * out, so after `withinMs` the operation goes on, and the step still went as declared. The socket of a silent or a
 * stalled client stays open even then: a peer that vanished sends no FIN either.
 */
export async function drop(session: Session, step: StepOf<"drop">): Promise<void> {
  const connection = session.connected;
  if (step.whileReceiving) await untilReceiving(session, connection, step.withinMs);
  connection.leave(step.how);
  if (step.how === "half-close" && goesOn(session)) return;
  // What a program does without its stdin is its own affair: nobody waits for it.
  if (step.how === "fin" && !connection.outlives) return session.leaves(connection);
  await session.until({
    withinMs: step.withinMs,
    check: () => connection.isClosed,
    late: () => undefined,
  });
  const stays = connection.outlives && (step.how === "silence" || step.how === "stall");
  if (stays && !connection.isClosed) session.leaves(connection);
  else await connection.destroy();
}

/** Whether a later step acts on the connection whose own half is ended. */
function goesOn({ flow: { steps }, at }: Session): boolean {
  const rest = steps.slice(at + 1);
  const next = rest.findIndex((step) => acting.has(step.kind) || opens(step));
  return next >= 0 && acting.has(rest[next]?.kind ?? "wait");
}
