import type { Socket } from "node:net";
import { type RawData, WebSocket } from "ws";
import { ConnectionScope } from "../lifecycle/index.js";
import { closeCodes, closeSocket } from "./close-socket.js";
import { Conversation } from "./conversation.js";
import { FrameSender } from "./frame-sender.js";
import type { PlantedSession } from "./plants/plant.js";
import { type ClientMessage, parseMessage } from "./protocol.js";
import type { Services } from "./services.js";

const welcomeAfterMs = 100;
/** What a release may take beyond the grace of the agent: the kill and its confirmation. */
const releaseSlackMs = 5000;

export interface SessionOptions {
  readonly id: string;
  readonly socket: WebSocket;
  /** The TCP connection under the WebSocket. */
  readonly peer: Socket;
  readonly services: Services;
  /** Called when everything is released. */
  readonly onClosed: () => void;
}

/** One client, and all that is held for it until it leaves, whichever way. */
export class Session implements PlantedSession {
  readonly id: string;
  readonly peer: Socket;
  readonly port: number | undefined;
  readonly #socket: WebSocket;
  readonly #services: Services;
  readonly #scope: ConnectionScope;
  readonly #sender: FrameSender;
  readonly #conversation: Conversation;
  readonly #disownSocket: () => void;
  readonly #onClosed: () => void;
  #answeredPing = true;

  constructor({ id, socket, peer, services, onClosed }: SessionOptions) {
    this.id = id;
    this.peer = peer;
    this.port = peer.remotePort;
    this.#socket = socket;
    this.#services = services;
    this.#onClosed = onClosed;
    this.#sender = new FrameSender(socket);
    const scope = new ConnectionScope({
      stepTimeoutMs: services.graceMs + releaseSlackMs,
      onProblem: (report) => this.#log(JSON.stringify(report)),
    });
    this.#scope = scope;
    this.#disownSocket = scope.own("socket", () => closeSocket(socket, closeCodes.goingAway));
    this.#conversation = new Conversation({ session: this, services, scope, sender: this.#sender });
    this.#listen();
  }

  /** Releases everything in reverse order of taking; resolves when that is done. */
  async close(): Promise<void> {
    await this.#scope.close();
    this.#onClosed();
  }

  saidGoodbye(): boolean {
    return this.#socket.readyState !== WebSocket.OPEN;
  }

  abandonSocket(): void {
    this.#disownSocket();
    void this.close();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("pong", () => {
      this.#answeredPing = true;
    });
    // A `close` follows each error, and releases.
    socket.on("error", (error) => this.#log(error.message));
    socket.on("close", () => void this.close());
    this.#scope.setTimeout(() => this.#welcome(), welcomeAfterMs);
    this.#scope.setInterval(() => this.#beat(), this.#services.pingEveryMs);
    this.#services.seams.connected(this);
  }

  #welcome(): void {
    this.#sender.send({ type: "bot", sender: "goose" });
    this.#sender.send({ type: "content", content: "Ready. Ask away." });
  }

  /** Ends a peer that is silent: it has not answered the ping before this one. */
  #beat(): void {
    if (this.#answeredPing) {
      this.#answeredPing = false;
      this.#socket.ping();
    } else if (!this.#services.seams.keepSocket(this)) {
      this.#log("missed a ping");
      this.#socket.terminate();
    }
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#handle(isBinary ? { kind: "invalid", reason: "frames must be text" } : parseMessage(textOf(data)));
  }

  #handle(message: ClientMessage): void {
    switch (message.kind) {
      case "prompt":
        return this.#conversation.ask(message);
      case "stop":
        return this.#conversation.stop();
      case "search":
        return this.#search(message.query, message.maxResults);
      case "invalid":
        return this.#sender.send({ type: "error", message: message.reason });
    }
  }

  #search(query: string, maxResults: number): void {
    const results = this.#services.index.search(query, maxResults);
    this.#sender.send({ type: "fuzzy_results", query, results });
    this.#services.seams.searched(this);
  }

  #log(line: string): void {
    this.#services.log(`session ${this.id}: ${line}`);
  }
}

/** With the default `binaryType` a message is one Buffer. */
function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString("utf8") : "";
}
