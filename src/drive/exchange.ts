import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { dial } from "./dial.js";
import { StepFailure, networkReason } from "./failure.js";

/** A response body past this ends the exchange. */
const maxBodyBytes = 16 * 1024 ** 2;

export interface ExchangeOptions {
  readonly url: URL;
  readonly method: string;
  readonly body: string | undefined;
  /** Called when the answer is complete, or never will be. */
  readonly changed: () => void;
  readonly onPort: (localPort: number) => void;
}

/** One HTTP request on a connection of its own, and its answer, read to the end and thrown away. */
export class Exchange {
  status: number | undefined;
  isComplete = false;
  failure: StepFailure | undefined;
  readonly #changed: () => void;
  readonly #request: ClientRequest;

  constructor({ url, method, body, changed, onPort }: ExchangeOptions) {
    this.#changed = changed;
    // A connection made here bypasses the agent, so that no pool keeps it.
    this.#request = request(url, {
      method,
      headers: headersFor(body),
      createConnection: () => dial(url, onPort),
    });
    this.#request.once("response", (response) => this.#drain(response));
    this.#request.on("error", (error) => this.#fail(networkReason(error)));
    this.#request.end(body);
  }

  #drain(response: IncomingMessage): void {
    this.status = response.statusCode;
    let bytes = 0;
    response.on("data", (chunk: Buffer) => {
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

function headersFor(body: string | undefined): Record<string, string> {
  if (body === undefined) return {};
  return { "content-type": /^\s*[{[]/.test(body) ? "application/json" : "text/plain; charset=utf-8" };
}
