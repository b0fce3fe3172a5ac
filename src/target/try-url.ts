import { readFileSync } from "node:fs";
import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";
import { messageOf } from "../model/problem.js";
import type { TargetSpec } from "../model/scenario.js";

/** A target that accepts a request and then does not answer must not use up all the time there is. */
const answerWithinMs = 1000;

export interface UrlAttempt {
  readonly url: string;
  /** Which certificates are trusted, for https. */
  readonly tls: TargetSpec["tls"];
  readonly signal: AbortSignal;
}

/** Asks once: undefined when it answers with 2xx, else why not. */
export async function tryUrl({ url, tls, signal }: UrlAttempt): Promise<string | undefined> {
  const get = new URL(url).protocol === "https:" ? getSecure : getPlain;
  // A connection of its own, closed afterwards, so that none is left in the target.
  const options = { agent: false, timeout: answerWithinMs, ...trust(tls) };
  return new Promise((resolve) => {
    let answer: string | undefined;
    const request = get(url, options, (response) => {
      const status = response.statusCode ?? 0;
      answer = status >= 200 && status < 300 ? undefined : `${url} answered ${status}`;
      request.destroy();
    });
    const giveUp = (): void => void request.destroy(new Error(`no answer from ${url}`));
    signal.addEventListener("abort", giveUp);
    request.once("timeout", giveUp);
    request.on("error", (error: NodeJS.ErrnoException) => {
      answer = whyRefused(error);
    });
    request.once("close", () => {
      signal.removeEventListener("abort", giveUp);
      resolve(answer);
    });
  });
}

function trust(tls: TargetSpec["tls"]): { ca?: Buffer; rejectUnauthorized?: boolean } {
  if (tls === undefined) return {};
  return "ca" in tls ? { ca: readFileSync(tls.ca) } : { rejectUnauthorized: false };
}

/** The codes of OpenSSL's verification (node:tls, "X509 certificate error codes"). */
const untrusted: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

function whyRefused(error: NodeJS.ErrnoException): string {
  if (!untrusted.has(error.code ?? "")) return messageOf(error);
  return `its certificate is not trusted (${error.code}): name it with target.tls: {ca: cert.pem}, or take any with {verify: false}`;
}
