import { formatDuration } from "../model/units.js";
import { Exchange } from "./exchange.js";
import { StepFailure } from "./failure.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Makes one HTTP request and looks at the status of its answer. */
export async function http(session: Session, step: StepOf<"http">): Promise<void> {
  const { fill, changed, onPort } = session;
  const url = new URL(session.address.at(fill(step.path)));
  url.protocol = "http:";
  const body = step.body === undefined ? undefined : fill(step.body);
  const exchange = session.owns(new Exchange({ url, method: step.method, body, changed, onPort }));
  await session.until({
    withinMs: step.withinMs,
    check: () => {
      if (exchange.failure) throw exchange.failure;
      return exchange.isComplete;
    },
    late: () => new StepFailure(`no complete answer within ${formatDuration(step.withinMs)}`),
  });
  exchange.destroy();
  const wanted = [step.status].flat();
  if (wanted.includes(exchange.status ?? 0)) return;
  throw new StepFailure(`HTTP ${exchange.status} instead of ${wanted.join(" or ")}`);
}
