import type { DropWay, Framing } from "../model/scenario.js";
import { type Connection, type Listener, maxMessageBytes } from "./connection.js";
import { dial, type Endpoint } from "./dial.js";
import { StepFailure, networkReason } from "./failure.js";
import type { Intake } from "./intake.js";
import type { Wire } from "./wire.js";

export interface RawSocketOptions extends Listener {
  readonly endpoint: Endpoint;
  readonly framing: Framing;
  readonly intake: Intake;
}

/** A TCP connection or one to a Unix socket, with nothing above it but lines, or not even these. */
export class RawSocket implements Connection {
  readonly watch: Intake["watch"];
  readonly unanswered = undefined;
  readonly outlives = true;
  readonly #wire: Wire;
  readonly #isOfLines: boolean;
  #state: "connecting" | "open" | "closed" = "connecting";
  #why: string | undefined;

  constructor({ endpoint, framing, intake, changed, onPort }: RawSocketOptions) {
    this.watch = intake.watch;
    this.#isOfLines = framing === "line";
    this.#wire = dial(endpoint, onPort);
    const { socket } = this.#wire;
    socket.once("tls" in endpoint && endpoint.tls ? "secureConnect" : "connect", () => {
      this.#state = "open";
      changed();
    });
    socket.on("data", (chunk: Buffer) => {
      if (intake.push(chunk)) changed();
      if (!intake.isTooLong) return;
      this.#why = tooLong;
      this.destroy();
    });
    socket.on("error", (error) => {
      this.#why ??= networkReason(error);
    });
    socket.once("close", () => {
      this.#state = "closed";
      changed();
    });
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

  send(data: string | Buffer): void {
    this.#wire.socket.write(asSent(data, this.#isOfLines));
  }

  /** There is no goodbye of its own: the own half is ended, and what still comes is read. */
  close(): void {
    this.#wire.halfClose();
  }

  leave(how: DropWay): void {
    this.#wire.leave(how);
  }

  onBytes(listener: () => void): () => void {
    return this.#wire.onBytes(listener);
  }

  destroy(): void {
    this.#wire.destroy();
  }
}

/** How a line without an end is told. */
export const tooLong: string = `a line is longer than the ${maxMessageBytes} bytes that the driver takes`;

/** Text as a line; bytes as they are. */
export function asSent(data: string | Buffer, isOfLines: boolean): string | Buffer {
  return isOfLines && typeof data === "string" && !data.endsWith("\n") ? `${data}\n` : data;
}
