import type { Step } from "../model/scenario.js";
import type { Connection } from "./connection.js";
import { StepFailure, Stopped } from "./failure.js";
import type { Fill } from "./placeholders.js";
import type { Session } from "./session.js";
import { settersOf } from "./setters.js";
import type { Awaited } from "./watch.js";

const opening: ReadonlySet<Step["kind"]> = new Set(["connect", "events", "tcp", "unix", "stdio"]);

/** Whether a step opens a connection, which later steps then act on. */
export function opens({ kind }: Step): boolean {
  return opening.has(kind);
}

interface Opening {
  readonly withinMs: number;
  /** What did not come in time. */
  readonly late: string;
}

/** Lets the session act on a connection from now on, and waits until it stands. */
export async function open(
  session: Session,
  connection: Connection,
  { withinMs, late }: Opening,
): Promise<void> {
  session.connection = session.owns(connection);
  await session.until({
    withinMs,
    check: () => {
      if (connection.isClosed) throw connection.ending;
      return connection.isOpen;
    },
    late: () => new StepFailure(late),
  });
}

/** Opens when it is the session's turn; the time of the step counts from then on. */
export async function inTurn(session: Session, begin: () => Promise<void>): Promise<void> {
  const { handshakes } = session.address;
  const turn = handshakes.enter();
  if (turn) await turn;
  try {
    if (session.isStopped) throw new Stopped();
    await begin();
  } finally {
    handshakes.leave();
  }
}

/** Headers with their placeholders filled in, and the cookies of the session for that path. */
export function filledHeaders(
  headers: Readonly<Record<string, string>> | undefined,
  { fill, cookies }: { readonly fill: Fill; readonly cookies: Session["cookies"] },
  path: string,
): Record<string, string> {
  const filled: Record<string, string> = {};
  let hasCookie = false;
  for (const name in headers) {
    filled[name] = fill(headers[name] ?? "");
    hasCookie ||= name.toLowerCase() === "cookie";
  }
  const cookie = hasCookie ? undefined : cookies?.headerFor(path);
  return cookie === undefined ? filled : { ...filled, cookie };
}

const planned = new WeakMap<readonly Step[], Map<number, readonly Awaited[]>>();

/** What the steps after the one at work await, up to the next that opens a connection. */
export function awaitedNext({ flow: { steps }, at }: Session): readonly Awaited[] {
  let plans = planned.get(steps);
  if (!plans) planned.set(steps, (plans = new Map()));
  let plan = plans.get(at);
  if (!plan) plans.set(at, (plan = awaitedAfter(steps, at)));
  return plan;
}

function awaitedAfter(steps: readonly Step[], at: number): Awaited[] {
  const rest = steps.slice(at + 1);
  const end = rest.findIndex(opens);
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .flatMap((step, index) =>
      step.kind === "expect" ? [{ step, after: latestSetter(steps, at + 1 + index) }] : [],
    );
}

/** Index of the last step before this one that sets a variable which it uses. */
function latestSetter(steps: readonly Step[], index: number): number {
  const text = JSON.stringify(steps[index]);
  return steps
    .slice(0, index)
    .findLastIndex((step) => settersOf(step).some((name) => text.includes(`{${name}}`)));
}
