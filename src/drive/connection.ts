import type { DropWay } from "../model/scenario.js";
import type { StepFailure } from "./failure.js";
import type { Watch } from "./watch.js";

/** A message past this ends the connection, so that one cannot take all memory. */
export const maxMessageBytes: number = 16 * 1024 ** 2;

/** What steps act on, whatever it speaks: a WebSocket, a stream of events, a raw socket, a program. */
export interface Connection {
  /** Ticks off what is awaited. */
  readonly watch: Watch;
  readonly isOpen: boolean;
  readonly isClosed: boolean;
  /** Why the connection is of no more use. */
  readonly ending: StepFailure;
  /** How it is said that a goodbye was not answered in time; undefined where that is no failure. */
  readonly unanswered: string | undefined;
  /** Whether the silent and the stalled are left open past the session: a peer that vanished sends no FIN. */
  readonly outlives: boolean;
  send(data: string | Buffer): void;
  /** Says goodbye, as the protocol has it. */
  close(code: number): void;
  /** Leaves without a goodbye. */
  leave(how: DropWay): void;
  /** Calls back at whatever arrives. @returns what ends that */
  onBytes(listener: () => void): () => void;
  destroy(): void | Promise<void>;
}

/** What a connection tells its session. */
export interface Listener {
  readonly watch: Watch;
  /** Called whenever something that a step may wait for has changed. */
  readonly changed: () => void;
  readonly onPort: (localPort: number) => void;
}
