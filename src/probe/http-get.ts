import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { formatBytes } from "../model/units.js";

export interface HttpGet {
  readonly url: string;
  /** A longer body is cut off and refused. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly accept: string;
}

export interface HttpBody {
  /** The media type without its parameters, in lower case. */
  readonly contentType: string;
  readonly text: string;
}

/**
 * One GET on a connection of its own, closed afterwards: a kept one would be a socket that the target
 * holds for us. Rejects with a reason for anything but a whole 200.
 */
export function httpGet(options: HttpGet): Promise<HttpBody> {
  const { url, signal, accept } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, signal, headers: { accept } }, (response) => {
      readBody(response, options.maxBytes)
        .then(resolve, reject)
        .finally(() => sent.destroy());
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<HttpBody> {
  if (response.statusCode !== 200) throw new Error(`HTTP status ${response.statusCode}`);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new Error(`the answer is longer than ${formatBytes(maxBytes)}`);
    parts.push(part);
  }
  const contentType = (response.headers["content-type"] ?? "").split(";")[0] ?? "";
  return { contentType: contentType.trim().toLowerCase(), text: Buffer.concat(parts).toString("utf8") };
}
