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
export async function httpGet(options: HttpGet): Promise<HttpBody> {
  const parts: Buffer[] = [];
  const contentType = await httpParts(options, (part) => parts.push(part));
  return { contentType, text: Buffer.concat(parts).toString("utf8") };
}

/**
 * The same for a body that need not be held: each part is handed over as it comes, with the media type. Resolves to the
 * media type; what `take` throws ends the request.
 */
export function httpParts(
  options: HttpGet,
  take: (part: Buffer, contentType: string) => void,
): Promise<string> {
  const { url, signal, accept } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, signal, headers: { accept } }, (response) => {
      readBody(response, options.maxBytes, take)
        .then(resolve, reject)
        .finally(() => sent.destroy());
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  take: (part: Buffer, contentType: string) => void,
): Promise<string> {
  if (response.statusCode !== 200) throw new Error(`HTTP status ${response.statusCode}`);
  const contentType = ((response.headers["content-type"] ?? "").split(";")[0] ?? "").trim().toLowerCase();
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new Error(`the answer is longer than ${formatBytes(maxBytes)}`);
    take(part, contentType);
  }
  return contentType;
}
