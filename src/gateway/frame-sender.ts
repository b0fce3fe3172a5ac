import { WebSocket } from "ws";
import type { ServerFrame } from "./protocol.js";

/** Bytes waiting for a slow client above which its agent is no longer read. */
const highWaterBytes = 1024 * 1024;
const lowWaterBytes = highWaterBytes / 4;

/** Something that can be told to wait for a slow client. */
export interface Source {
  pause(): void;
  resume(): void;
}

/** Sends frames to one client, and holds the source of them back while the client is slow. */
export class FrameSender {
  readonly #socket: WebSocket;
  #source: Source | undefined;
  #paused = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** From now on this is what waits; undefined = nothing does. */
  set source(source: Source | undefined) {
    this.#source = source;
    this.#paused = false;
  }

  /** Frames for a client that has gone are dropped. */
  send(frame: ServerFrame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      this.#resume();
      return;
    }
    this.#socket.send(JSON.stringify(frame), () => this.#sent());
    if (this.#socket.bufferedAmount > highWaterBytes) this.#pause();
  }

  #sent(): void {
    const gone = this.#socket.readyState !== WebSocket.OPEN;
    if (gone || this.#socket.bufferedAmount <= lowWaterBytes) this.#resume();
  }

  #pause(): void {
    if (this.#paused || !this.#source) return;
    this.#paused = true;
    this.#source.pause();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#source?.resume();
  }
}
