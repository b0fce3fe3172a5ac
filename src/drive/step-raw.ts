import { formatDuration } from "../model/units.js";
import type { Endpoint } from "./dial.js";
import { StepFailure, inert } from "./failure.js";
import { intakeFor } from "./intake.js";
import { awaitedNext, inTurn, open } from "./opening.js";
import { RawSocket } from "./raw-socket.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Opens a TCP connection. */
export function tcp(session: Session, step: StepOf<"tcp">): Promise<void> {
  const own = session.address.endpoint;
  const host = step.host === undefined ? own.host : session.fill(step.host);
  const port = step.port === undefined ? own.port : portIn(session.fill(step.port));
  return inTurn(session, () => dialed(session, step, { host, port }));
}

/** Opens a connection to a Unix socket. */
export function unix(session: Session, step: StepOf<"unix">): Promise<void> {
  return inTurn(session, () => dialed(session, step, { path: session.fill(step.path) }));
}

function portIn(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new StepFailure("the port is none", `it is ${inert(text)}`);
}

function dialed(session: Session, step: StepOf<"tcp" | "unix">, endpoint: Endpoint): Promise<void> {
  const { changed, onPort } = session;
  const { framing, withinMs } = step;
  const intake = intakeFor(framing, awaitedNext(session), session);
  const { watch } = intake;
  const connection = new RawSocket({ endpoint, framing, intake, watch, changed, onPort });
  return open(session, connection, { withinMs, late: `no connection within ${formatDuration(withinMs)}` });
}
