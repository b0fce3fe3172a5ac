import { type ClientRequest, type IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { createParser } from "eventsource-parser";
import type { DropWay } from "../model/scenario.js";
import { type Connection, type Listener, maxMessageBytes } from "./connection.js";
import { dial } from "./dial.js";
import { type ExchangeOptions, requestOf } from "./exchange.js";
import { StepFailure, inert, networkReason } from "./failure.js";
import type { FrameWatch } from "./frame-watch.js";
import type { Wire } from "./wire.js";

export interface EventStreamOptions
  extends Listener,
    Pick<ExchangeOptions, "url" | "endpoint" | "method" | "headers" | "body"> {
  readonly watch: FrameWatch;
}

/** One stream of Server-Sent Events, as the HTML standard has them: the answer to a request that does not end. */
export class EventStream implements Connection {
  readonly watch: FrameWatch;
  readonly unanswered = undefined;
  readonly outlives = true;
  readonly #changed: () => void;
  readonly #request: ClientRequest;
  readonly #wire: Wire;
  #state: "connecting" | "open" | "closed" = "connecting";
  #why: string | undefined;

  constructor(options: EventStreamOptions) {
    this.watch = options.watch;
    this.#changed = options.changed;
    const wire = dial(options.endpoint, options.onPort);
    this.#wire = wire;
    this.#request = requestOf(options, () => wire.socket);
    this.#request.once("response", (response) => this.#begin(response));
    this.#request.on("error", (error) => {
      this.#why ??= networkReason(error);
    });
    wire.socket.once("close", () => this.#becomes("closed"));
    this.#request.end(options.body);
  }

  #begin(response: IncomingMessage): void {
    const type = response.headers["content-type"] ?? "no content type";
    response.on("error", (error) => {
      this.#why ??= networkReason(error);
    });
    if (response.statusCode !== 200) {
      this.#refuse(`HTTP ${response.statusCode}`);
    } else if (/^text\/event-stream\b/i.test(type)) {
      this.#read(response);
      this.#becomes("open");
    } else {
      this.#refuse(`${inert(type)} instead of text/event-stream`);
    }
  }

  #read(response: IncomingMessage): void {
    const decoder = new StringDecoder("utf8");
    let isFound = false;
    const parser = createParser({
      maxBufferSize: maxMessageBytes,
      onEvent: ({ data, event = "message" }) => {
        isFound = this.watch.see({ data: Buffer.from(data), event }) || isFound;
      },
      onError: ({ type }) => {
        if (type === "max-buffer-size-exceeded") this.#refuse("an event is larger than the driver takes");
      },
    });
    response.on("data", (chunk: Buffer) => {
      isFound = false;
      if (this.#why === undefined) parser.feed(decoder.write(chunk));
      if (isFound) this.#changed();
    });
    response.once("end", () => {
      this.#why ??= "the server ended the stream";
      this.destroy();
    });
  }

  #refuse(why: string): void {
    this.#why ??= why;
    this.destroy();
  }

  #becomes(state: "open" | "closed"): void {
    this.#state = state;
    this.#changed();
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  get isClosed(): boolean {
    return this.#state === "closed";
  }

  get ending(): StepFailure {
    return new StepFailure(this.#why ?? "closed by the server");
  }

  send(): void {
    throw new StepFailure("a stream of events takes no messages");
  }

  /** As a browser does: at once, and what the server writes then is answered with a reset. */
  close(): void {
    this.destroy();
  }

  leave(how: DropWay): void {
    this.#wire.leave(how);
  }

  onBytes(listener: () => void): () => void {
    return this.#wire.onBytes(listener);
  }

  destroy(): void {
    this.#request.destroy();
    this.#wire.destroy();
  }
}
