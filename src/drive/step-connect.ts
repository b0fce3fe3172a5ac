import { formatDuration } from "../model/units.js";
import type { Match } from "../model/scenario.js";
import { Connection } from "./connection.js";
import { StepFailure, Stopped } from "./failure.js";
import { FrameWatch } from "./frame-watch.js";
import { fillMatch } from "./match.js";
import type { Fill } from "./placeholders.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Opens a WebSocket and waits for the end of its handshake; its time counts from its turn on. */
export async function connect(session: Session, step: StepOf<"connect">): Promise<void> {
  const { handshakes } = session.address;
  const turn = handshakes.enter();
  if (turn) await turn;
  try {
    if (session.isStopped) throw new Stopped();
    await shakeHands(session, step);
  } finally {
    handshakes.leave();
  }
}

async function shakeHands(session: Session, step: StepOf<"connect">): Promise<void> {
  const { address, fill, changed, onPort } = session;
  const url = address.at(fill(step.path));
  const watch = new FrameWatch(awaitedNext(session));
  const headers = filledHeaders(step.headers, fill);
  const connection = session.owns(new Connection({ url, headers, watch, changed, onPort }));
  session.connection = connection;
  await session.until({
    withinMs: step.withinMs,
    check: () => {
      if (connection.isClosed) throw connection.ending;
      return connection.isOpen;
    },
    late: () => new StepFailure(`no handshake within ${formatDuration(step.withinMs)}`),
  });
}

function filledHeaders(headers: StepOf<"connect">["headers"], fill: Fill): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const name in headers) filled[name] = fill(headers[name] ?? "");
  return filled;
}

/** What the steps after the one at work await, up to the next connect. */
function awaitedNext({ flow: { steps }, at, fill }: Session): Match[] {
  const awaited: Match[] = [];
  for (let next = at + 1; next < steps.length; next++) {
    const step = steps[next];
    if (step?.kind === "connect") break;
    if (step?.kind === "expect") awaited.push(fillMatch(step.match, fill));
  }
  return awaited;
}
