import { WebSocket } from "ws";
import type { DropWay } from "../model/scenario.js";
import { type Connection, type Listener, maxMessageBytes } from "./connection.js";
import { dial, type Endpoint } from "./dial.js";
import { StepFailure, networkReason } from "./failure.js";
import type { FrameWatch } from "./frame-watch.js";
import type { Wire } from "./wire.js";

export interface WebSocketOptions extends Listener {
  readonly url: URL;
  readonly endpoint: Endpoint;
  readonly headers: Record<string, string>;
  readonly protocols: readonly string[];
  readonly watch: FrameWatch;
}

/** One WebSocket to the target, and the TCP socket below it. */
export class WebSocketConnection implements Connection {
  readonly watch: FrameWatch;
  readonly unanswered = "close not answered";
  readonly outlives = true;
  readonly #ws: WebSocket;
  readonly #changed: () => void;
  #wire: Wire | undefined;
  #state: "connecting" | "open" | "closed" = "connecting";
  #canWrite = true;
  #closeCode = 1006;
  #why: string | undefined;

  constructor(options: WebSocketOptions) {
    this.watch = options.watch;
    this.#changed = options.changed;
    this.#ws = new WebSocket(options.url, [...options.protocols], {
      headers: options.headers,
      perMessageDeflate: false,
      skipUTF8Validation: true,
      maxPayload: maxMessageBytes,
      autoPong: false,
      // Also keeps node:http from lending a socket of its agent.
      createConnection: () => {
        this.#wire = dial(options.endpoint, options.onPort);
        return this.#wire.socket;
      },
    });
    this.#listen();
  }

  #listen(): void {
    this.#ws.on("open", () => this.#becomes("open"));
    this.#ws.on("message", (data, isBinary) => {
      // A single Buffer always, as `binaryType` was never set.
      if (Buffer.isBuffer(data) && this.watch.see({ data, isBinary })) this.#changed();
    });
    this.#ws.on("ping", (data) => {
      if (this.#canWrite) this.#ws.pong(data, true, () => undefined);
    });
    this.#ws.on("unexpected-response", (_request, response) => {
      this.#why = `HTTP ${response.statusCode}`;
      this.destroy();
    });
    this.#ws.on("error", (error) => {
      this.#why ??= networkReason(error);
    });
    this.#ws.on("close", (code) => {
      this.#closeCode = code;
      this.#becomes("closed");
    });
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
    return new StepFailure(this.#why ?? `closed by the server (${this.#closeCode})`);
  }

  /** Of a Buffer, `ws` makes one piece with its header; of a string two, which cost a dearer call into the kernel. */
  send(data: string | Buffer): void {
    const isText = typeof data === "string";
    this.#ws.send(isText ? Buffer.from(data) : data, { binary: !isText });
  }

  /** Starts the closing handshake (RFC 6455, section 7.1.2), unless the own half is ended. */
  close(code: number): void {
    if (this.#canWrite) this.#ws.close(code);
  }

  leave(how: DropWay): void {
    this.#canWrite = false;
    this.#wire?.leave(how);
  }

  onBytes(listener: () => void): () => void {
    return this.#wire?.onBytes(listener) ?? ((): void => undefined);
  }

  destroy(): void {
    this.#ws.terminate();
    this.#wire?.destroy();
  }
}
