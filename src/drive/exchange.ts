import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { dial, type Endpoint } from "./dial.js";
import { StepFailure, networkReason } from "./failure.js";

/** A response body past this ends the exchange. */
const maxBodyBytes = 16 * 1024 ** 2;
/** Of a body that is looked into: so much from its beginning. */
const keptBytes = 1024 ** 2;

export interface ExchangeOptions {
  readonly url: URL;
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  /** Whether the body is looked into. */
  readonly keep: boolean;
  /** Called when the answer is complete, or never will be. */
  readonly changed: () => void;
  readonly onPort: (localPort: number) => void;
}

/** One HTTP request on a connection of its own, and its answer, read to the end. */
export class Exchange {
  status: number | undefined;
  headers: IncomingHttpHeaders = {};
  isComplete = false;
  failure: StepFailure | undefined;
  readonly #changed: () => void;
  readonly #keep: boolean;
  readonly #request: ClientRequest;
  readonly #kept: Buffer[] = [];

  constructor(options: ExchangeOptions) {
    this.#changed = options.changed;
    this.#keep = options.keep;
    this.#request = requestOf(options, () => dial(options.endpoint, options.onPort).socket);
    this.#request.once("response", (response) => this.#drain(response));
    this.#request.on("error", (error) => this.#fail(networkReason(error)));
    this.#request.end(options.body);
  }

  /** The beginning of the body. */
  get text(): string {
    return Buffer.concat(this.#kept).toString();
  }

  #drain(response: IncomingMessage): void {
    this.status = response.statusCode;
    this.headers = response.headers;
    let bytes = 0;
    response.on("data", (chunk: Buffer) => {
      if (this.#keep && bytes < keptBytes) this.#kept.push(chunk.subarray(0, keptBytes - bytes));
      bytes += chunk.length;
      if (bytes > maxBodyBytes) this.#fail("response is larger than the driver takes");
    });
    response.on("error", (error) => this.#fail(networkReason(error)));
    response.once("end", () => {
      this.isComplete = true;
      this.#changed();
    });
  }

  #fail(reason: string): void {
    this.failure ??= new StepFailure(reason);
    this.#changed();
  }

  destroy(): void {
    this.#request.destroy();
  }
}

/** A request on a connection of its own: one that is given bypasses the agent, so that no pool keeps it. */
export function requestOf(
  { url, method, headers, body }: Pick<ExchangeOptions, "url" | "method" | "headers" | "body">,
  createConnection: () => Socket,
): ClientRequest {
  return request(url, { method, headers: withBodyType(headers, body), createConnection });
}

/** What the body looks like, unless the scenario says it. */
function withBodyType(headers: Record<string, string>, body: string | undefined): Record<string, string> {
  if (body === undefined || Object.keys(headers).some((name) => name.toLowerCase() === "content-type"))
    return headers;
  const type = /^\s*[{[]/.test(body) ? "application/json" : "text/plain; charset=utf-8";
  return { "content-type": type, ...headers };
}
