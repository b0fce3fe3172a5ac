import { formatDuration } from "../model/units.js";
import { takeAll } from "./capture.js";
import { Cookies } from "./cookies.js";
import { Exchange } from "./exchange.js";
import { StepFailure, inert } from "./failure.js";
import { filledHeaders } from "./opening.js";
import { search } from "./patterns.js";
import { type Fill, fillData } from "./placeholders.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** Makes one HTTP request and looks at its answer. */
export async function http(session: Session, step: StepOf<"http">): Promise<void> {
  const { address, fill, changed, onPort } = session;
  const path = fill(step.path);
  const { headers, body } = sentBy(step, fill);
  const exchange = session.owns(
    new Exchange({
      url: address.httpAt(path),
      endpoint: address.endpoint,
      method: step.method,
      headers: filledHeaders(headers, session, path),
      body,
      keep: step.match !== undefined || step.capture !== undefined,
      changed,
      onPort,
    }),
  );
  await session.until({
    withinMs: step.withinMs,
    check: () => {
      if (exchange.failure) throw exchange.failure;
      return exchange.isComplete;
    },
    late: () => new StepFailure(`no complete answer within ${formatDuration(step.withinMs)}`),
  });
  exchange.destroy();
  keepCookies(session, exchange, path);
  checkStatus(exchange, step);
  learnFrom(session, exchange, step);
}

function sentBy(
  { headers, body, form }: StepOf<"http">,
  fill: Fill,
): { readonly headers: StepOf<"http">["headers"]; readonly body: string | undefined } {
  if (form === undefined) return { headers, body: body === undefined ? undefined : fillData(body, fill) };
  const fields = Object.entries(form).map(([name, value]): [string, string] => [name, fill(value)]);
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return { headers: { ...type, ...headers }, body: new URLSearchParams(fields).toString() };
}

function keepCookies(session: Session, { headers }: Exchange, path: string): void {
  const fields = headers["set-cookie"];
  if (fields === undefined) return;
  session.cookies ??= new Cookies();
  session.cookies.take(fields, path, session.clock.now());
}

function checkStatus({ status = 0 }: Exchange, step: StepOf<"http">): void {
  const wanted = [step.status].flat();
  if (!wanted.includes(status)) throw new StepFailure(`HTTP ${status} instead of ${wanted.join(" or ")}`);
}

function learnFrom(session: Session, exchange: Exchange, { match, capture }: StepOf<"http">): void {
  if (match === undefined && capture === undefined) return;
  const { text, headers } = exchange;
  const found = match === undefined ? undefined : search(match, text, session.fill);
  if (match !== undefined && !found)
    throw new StepFailure(`the body does not match ${inert(match)}`, `it was ${inert(text)}`);
  session.learn({ ...found?.groups, ...takeAll(capture, { text, headers }, session.fill) });
}
