import { fillData } from "./placeholders.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Sends one message, of text or of bytes. */
export function send(session: Session, step: StepOf<"send">): void {
  const { connected, fill } = session;
  if (step.binary === undefined) connected.send(fillData(step.data, fill));
  else connected.send(Buffer.from(step.data, step.binary));
}
