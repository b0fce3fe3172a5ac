import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "../../model/problem.js";
import type { Webhook } from "../../suite/suite.js";
import { type Environment, filledIn, unfit } from "../../suite/variables.js";

export interface Sending {
  readonly webhook: Webhook;
  /** JSON. */
  readonly body: string;
  readonly env: Environment;
  readonly stop: AbortSignal;
  readonly tool: string;
}

/** From one try to the next, twice as long each time. */
const firstPauseMs = 1000;

/**
 * Posts to a webhook, with a time limit and a few retries.
 * @returns why it could not be told; undefined = it was. Neither the address nor a header is in it: they may be secret.
 */
export async function sendWebhook(sending: Sending): Promise<string | undefined> {
  const request = requestOf(sending);
  if (typeof request === "string") return request;
  const { webhook, stop } = sending;
  let failure: string | undefined;
  for (let tries = 0; tries <= webhook.retries; tries++) {
    if (tries > 0) await pause(firstPauseMs * 2 ** (tries - 1), stop);
    if (tries > 0 && stop.aborted) return failure;
    const answer = await post(request, sending);
    if (answer === undefined) return undefined;
    failure = answer.why;
    if (answer.isFinal) return failure;
  }
  return failure;
}

interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @returns why there is none */
function requestOf({ webhook, env, tool }: Sending): Request | string {
  const url = filledIn(webhook.url, env);
  const headers = Object.entries(webhook.headers).map(
    ([name, value]) => [name, filledIn(value, env)] as const,
  );
  const missing = [...url.missing, ...headers.flatMap(([, value]) => value.missing)];
  if (missing.length > 0) return `not set in the environment: ${[...new Set(missing)].join(", ")}`;
  if (unfit(url.text) !== undefined)
    return "its url, with the environment filled in, is no http or https URL";
  const own = { "content-type": "application/json", "user-agent": tool.replace(" ", "/") };
  const given = Object.fromEntries(headers.map(([name, { text }]) => [name.toLowerCase(), text]));
  return { url: url.text, headers: { ...own, ...given } };
}

interface Answer {
  readonly why: string;
  /** Another try would be answered the same. */
  readonly isFinal: boolean;
}

async function post({ url, headers }: Request, { body, webhook }: Sending): Promise<Answer | undefined> {
  try {
    const signal = AbortSignal.timeout(webhook.withinMs);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    await response.body?.cancel();
    if (response.ok) return undefined;
    const { status } = response;
    // Too many requests, a time-out, and what is wrong on the other side may pass (RFC 9110, 15.5 and 15.6).
    return { why: `it answered ${status}`, isFinal: status < 500 && status !== 429 && status !== 408 };
  } catch (error) {
    return { why: whyOf(error, webhook), isFinal: false };
  }
}

function whyOf(error: unknown, { withinMs }: Webhook): string {
  if (error instanceof Error && error.name === "TimeoutError") return `no answer within ${withinMs / 1000} s`;
  const code = error instanceof Error && error.cause instanceof Error ? codeOf(error.cause) : undefined;
  // The message of fetch may quote the address.
  return (
    code ??
    (error instanceof TypeError
      ? "it cannot be reached"
      : error instanceof Error
        ? error.name
        : messageOf(error))
  );
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
