import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { closeCodes, closeSocket } from "./close-socket.js";
import type { Services } from "./services.js";
import { Session } from "./session.js";

/** The sessions that are open, or not yet released. */
export class SessionRegistry {
  readonly #services: Services;
  readonly #open = new Set<Session>();
  #started = 0;
  #stopping = false;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens a session, or says why not and closes. */
  admit(socket: WebSocket, peer: Socket): void {
    const refusal = this.#refusal();
    if (refusal === undefined) this.#openSession(socket, peer);
    else refuse(socket, refusal);
  }

  /** Releases all sessions, and opens no more. */
  async close(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#open].map((session) => session.close()));
  }

  #openSession(socket: WebSocket, peer: Socket): void {
    this.#started += 1;
    const session: Session = new Session({
      id: `s${this.#started}`,
      socket,
      peer,
      services: this.#services,
      onClosed: () => this.#open.delete(session),
    });
    this.#open.add(session);
  }

  #refusal(): string | undefined {
    if (this.#stopping) return "the gateway is stopping";
    const admission = this.#services.monitor.admit("connection");
    return admission.ok ? undefined : admission.reason;
  }
}

function refuse(socket: WebSocket, reason: string): void {
  socket.on("error", () => {});
  socket.send(JSON.stringify({ type: "error", message: reason }));
  void closeSocket(socket, closeCodes.tryAgainLater);
}
