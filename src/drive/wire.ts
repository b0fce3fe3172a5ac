import type { Socket } from "node:net";
import type { DropWay } from "../model/scenario.js";

/** Less than the smallest receive buffer that Linux starts a socket with (tcp_rmem, tcp(7)). */
const readInSilenceBytes = 64 * 1024;

/** The socket below a connection, and the ways to leave it without a goodbye. */
export class Wire {
  /** What is read and written. */
  readonly socket: Socket;
  /** The same without TLS. */
  readonly #raw: Socket;

  constructor(socket: Socket, raw: Socket = socket) {
    this.socket = socket;
    this.#raw = raw;
  }

  leave(how: DropWay): void {
    switch (how) {
      case "fin":
        return this.#fin();
      case "half-close":
        return this.halfClose();
      case "reset":
        return this.#reset();
      case "silence":
        return this.#silence();
      case "stall":
        return this.#stall();
    }
  }

  /** Ends the own half of the connection, and goes on reading. */
  halfClose(): void {
    this.socket.end();
  }

  onBytes(listener: () => void): () => void {
    this.socket.on("data", listener);
    return () => void this.socket.off("data", listener);
  }

  destroy(): void {
    this.socket.destroy();
    this.#raw.destroy();
  }

  #fin(): void {
    this.#deafen(() => undefined);
    this.socket.end();
  }

  /** A Unix socket knows no reset: both halves end at once. */
  #reset(): void {
    if (this.#raw.remoteFamily === undefined) this.#raw.destroy();
    else this.#raw.resetAndDestroy();
  }

  /**
   * Answers nothing any more. A little is still read, unseen, since a FIN can only be read after what was sent
   * before it. To the target that is no different from bytes that wait in the kernel's receive buffer.
   */
  #silence(): void {
    let left = readInSilenceBytes;
    this.#deafen((chunk) => {
      left -= chunk.length;
      if (left <= 0) this.socket.pause();
    });
  }

  #stall(): void {
    this.socket.removeAllListeners("data").pause();
  }

  /** Takes the incoming bytes away from whoever reads them. */
  #deafen(onData: (chunk: Buffer) => void): void {
    this.socket.removeAllListeners("data").on("data", onData).resume();
  }
}
