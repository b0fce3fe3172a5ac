import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { dial } from "./dial.js";
import { StepFailure, networkReason } from "./failure.js";
import type { FrameWatch } from "./frame-watch.js";

/** A frame past this ends the connection, so that one frame cannot take all memory. */
const maxFrameBytes = 16 * 1024 ** 2;
/** Less than the smallest receive buffer that Linux starts a socket with (tcp_rmem, tcp(7)). */
const readInSilenceBytes = 64 * 1024;

export interface ConnectionOptions {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly watch: FrameWatch;
  /** Called whenever something that a step may wait for has changed. */
  readonly changed: () => void;
  readonly onPort: (localPort: number) => void;
}

/** One WebSocket to the target, and the TCP socket below it. */
export class Connection {
  readonly watch: FrameWatch;
  readonly #ws: WebSocket;
  readonly #changed: () => void;
  #socket: Socket | undefined;
  #state: "connecting" | "open" | "closed" = "connecting";
  #closeCode = 1006;
  #why: string | undefined;

  constructor(options: ConnectionOptions) {
    this.watch = options.watch;
    this.#changed = options.changed;
    this.#ws = new WebSocket(options.url, {
      headers: options.headers,
      perMessageDeflate: false,
      skipUTF8Validation: true,
      maxPayload: maxFrameBytes,
      // Also keeps node:http from lending a socket of its agent.
      createConnection: () => {
        this.#socket = dial(options.url, options.onPort);
        return this.#socket;
      },
    });
    this.#listen();
  }

  #listen(): void {
    this.#ws.on("open", () => this.#becomes("open"));
    this.#ws.on("message", (data, isBinary) => {
      // A single Buffer always, as `binaryType` was never set.
      if (Buffer.isBuffer(data) && this.watch.see(data, isBinary)) this.#changed();
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

  /** Why the connection is of no more use. */
  get ending(): StepFailure {
    return new StepFailure(this.#why ?? `closed by the server (${this.#closeCode})`);
  }

  send(data: string): void {
    this.#ws.send(data);
  }

  /** Starts the closing handshake (RFC 6455, section 7.1.2). */
  close(code: number): void {
    this.#ws.close(code);
  }

  /** Ends the own half of the TCP connection without a close frame. */
  fin(): void {
    this.#deafen(() => undefined);
    this.#socket?.end();
  }

  /** Sends a TCP reset. */
  reset(): void {
    this.#socket?.resetAndDestroy();
  }

  /**
   * Answers nothing any more: no pong, no close frame. A little is still read, unseen, since a FIN
   * can only be read after what was sent before it. To the target that is no different from
   * bytes that wait in the kernel's receive buffer.
   */
  silence(): void {
    let left = readInSilenceBytes;
    this.#deafen((chunk) => {
      left -= chunk.length;
      if (left <= 0) this.#socket?.pause();
    });
  }

  /** Takes the incoming bytes away from the WebSocket. */
  #deafen(onData: (chunk: Buffer) => void): void {
    this.#socket?.removeAllListeners("data").on("data", onData).resume();
  }

  destroy(): void {
    this.#ws.terminate();
    this.#socket?.destroy();
  }
}
