import { formatDuration } from "../model/units.js";
import { FrameWatch } from "./frame-watch.js";
import { awaitedNext, filledHeaders, inTurn, open } from "./opening.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";
import { WebSocketConnection } from "./websocket.js";

/** Opens a WebSocket and waits for the end of its handshake. */
export function connect(session: Session, step: StepOf<"connect">): Promise<void> {
  return inTurn(session, () => shakeHands(session, step));
}

function shakeHands(session: Session, step: StepOf<"connect">): Promise<void> {
  const { address, fill, changed, onPort } = session;
  const path = fill(step.path);
  const connection = new WebSocketConnection({
    url: address.at(path),
    endpoint: address.endpoint,
    headers: filledHeaders(step.headers, session, path),
    protocols: step.protocols ?? [],
    watch: new FrameWatch(awaitedNext(session), session),
    changed,
    onPort,
  });
  const late = `no handshake within ${formatDuration(step.withinMs)}`;
  return open(session, connection, { withinMs: step.withinMs, late });
}
