import type { Socket } from "node:net";

/** What a plant sees of a session. */
export interface PlantedSession {
  readonly id: string;
  /** The TCP connection under the WebSocket. */
  readonly peer: Socket;
  /** The client's, which the socket itself forgets when it ends. */
  readonly port: number | undefined;
  /** Either side has begun the closing handshake. */
  saidGoodbye(): boolean;
  /** Releases all that the session holds but the socket. */
  abandonSocket(): void;
}

/** How a run of the agent ended. */
export interface PlantedRun {
  /** Undefined when the agent could not be started. */
  readonly pid: number | undefined;
  readonly pty: boolean;
  /** It could not be started, exited non-zero, or was ended by a signal. */
  readonly failed: boolean;
}

/**
 * The places of the gateway where a leak can be put. Each is called once per
 * opportunity, and never in a gateway without plants.
 */
export interface Plant {
  onConnect?(session: PlantedSession): void;
  onSearch?(session: PlantedSession): void;
  onRunStart?(session: PlantedSession, run: Pick<PlantedRun, "pid" | "pty">): void;
  onRunEnd?(session: PlantedSession, run: PlantedRun): void;
  /** Asked when a client left in mid-run: true = its agent is not ended. */
  keepsAgent?(session: PlantedSession, pid: number): boolean;
  /** Asked when a peer has missed a ping: true = its socket is not closed. */
  keepsSocket?(session: PlantedSession): boolean;
  /** The gateway stops: lets go of everything, so that trying a plant leaves no litter. */
  uproot(): void;
}

export interface Soil {
  /** Counts one more opportunity, and says whether it is to leak. */
  readonly leaks: () => boolean;
  /** Writes one line about one leak. */
  readonly report: (session: PlantedSession, what: string) => void;
  readonly folder: string;
  readonly indexEveryMs: number;
}

export interface PlantDefinition {
  /** One line for the help. */
  readonly description: string;
  /** Leaks per opportunity when none is given. */
  readonly defaultRate: number;
  readonly grow: (soil: Soil) => Plant;
}
