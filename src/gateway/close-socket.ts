import { WebSocket } from "ws";

const handshakeMs = 1000;
/** RFC 6455, 7.4.1: an endpoint is going away. */
const goingAway = 1001;

/** Closes politely, and without the peer's consent if that does not come. Resolves once the socket is closed. */
export async function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const impatience = setTimeout(() => socket.terminate(), handshakeMs);
  socket.close(goingAway);
  await closed;
  clearTimeout(impatience);
}
