// Re-enacts "2. WebSocket Connection Leaks", "Resource Cleanup Missing": the socket of a peer that went away without
// a close frame is not closed; after a FIN it stays in CLOSE_WAIT.
import type { Socket } from "node:net";
import type { Plant, PlantDefinition, PlantedSession, Soil } from "./plant.js";

export const halfClosed: PlantDefinition = {
  description: "the socket of a peer that left without a close frame is not closed",
  defaultRate: 1,
  grow,
};

function grow(soil: Soil): Plant {
  const kept: Socket[] = [];
  const keep = (session: PlantedSession): boolean => {
    if (kept.includes(session.peer)) return true;
    if (session.saidGoodbye() || !soil.leaks()) return false;
    kept.push(session.peer);
    soil.report(session, "its socket");
    session.abandonSocket();
    return true;
  };
  return {
    onConnect: (session) => interceptEnd(session, keep),
    keepsSocket: keep,
    uproot() {
      for (const socket of kept.splice(0)) release(socket);
    },
  };
}

/** Puts `keep` before the two ways in which a socket ends: its `end` listeners (FIN) and `destroy` (RST, at last). */
function interceptEnd(session: PlantedSession, keep: (session: PlantedSession) => boolean): void {
  const { peer } = session;
  const closers = peer.listeners("end");
  peer.removeAllListeners("end");
  peer.once("end", () => {
    if (keep(session)) return;
    for (const close of closers) Reflect.apply(close, peer, []);
  });
  peer.destroy = (error?: Error) => {
    if (keep(session)) return peer;
    Reflect.deleteProperty(peer, "destroy");
    return peer.destroy(error);
  };
}

function release(socket: Socket): void {
  Reflect.deleteProperty(socket, "destroy");
  socket.destroy();
}
