import { formatDuration } from "../model/units.js";
import type { Match, Step } from "../model/scenario.js";
import { Connection } from "./connection.js";
import { StepFailure } from "./failure.js";
import { FrameWatch } from "./frame-watch.js";
import { fillMatch } from "./match.js";
import { fill } from "./placeholders.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Opens a WebSocket and waits for the end of its handshake. */
export async function connect(session: Session, step: StepOf<"connect">): Promise<void> {
  const { values, flow, at } = session;
  const awaited = awaitedAfter(flow.steps, at).map((match) => fillMatch(match, values));
  const headers = Object.entries(step.headers).map(([name, value]) => [name, fill(value, values)]);
  const connection = session.owns(
    new Connection({
      url: new URL(fill(step.path, values), session.url),
      headers: Object.fromEntries(headers),
      watch: new FrameWatch(awaited),
      changed: session.changed,
      onPort: session.onPort,
    }),
  );
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

/** What the steps after a connect await, up to the next connect. */
function awaitedAfter(steps: readonly Step[], at: number): Match[] {
  const rest = steps.slice(at + 1);
  const next = rest.findIndex((step) => step.kind === "connect");
  const own = next === -1 ? rest : rest.slice(0, next);
  return own.flatMap((step) => (step.kind === "expect" ? [step.match] : []));
}
