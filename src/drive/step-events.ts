import { formatDuration } from "../model/units.js";
import { EventStream } from "./event-stream.js";
import { FrameWatch } from "./frame-watch.js";
import { awaitedNext, filledHeaders, inTurn, open } from "./opening.js";
import { fillData } from "./placeholders.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Opens a stream of Server-Sent Events and waits until it begins. */
export function events(session: Session, step: StepOf<"events">): Promise<void> {
  return inTurn(session, () => begin(session, step));
}

function begin(session: Session, step: StepOf<"events">): Promise<void> {
  const { address, fill, changed, onPort } = session;
  const path = fill(step.path);
  const connection = new EventStream({
    url: address.httpAt(path),
    endpoint: address.endpoint,
    method: step.method,
    headers: { accept: "text/event-stream", ...filledHeaders(step.headers, session, path) },
    body: step.body === undefined ? undefined : fillData(step.body, fill),
    watch: new FrameWatch(awaitedNext(session), session),
    changed,
    onPort,
  });
  const late = `no stream within ${formatDuration(step.withinMs)}`;
  return open(session, connection, { withinMs: step.withinMs, late });
}
