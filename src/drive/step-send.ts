import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Sends one text frame. */
export function send(session: Session, step: StepOf<"send">): void {
  session.connected.send(session.fill(step.data));
}
