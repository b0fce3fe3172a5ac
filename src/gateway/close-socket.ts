import { WebSocket } from "ws";

const handshakeMs = 1000;
/** RFC 6455, 7.4.1, and the registry of close codes that it set up. */
export const closeCodes = { goingAway: 1001, tryAgainLater: 1013 } as const;

/** Closes politely, and without the peer's consent if that does not come. Resolves once the socket is closed. */
export async function closeSocket(socket: WebSocket, code: number): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const impatience = setTimeout(() => socket.terminate(), handshakeMs);
  socket.close(code);
  await closed;
  clearTimeout(impatience);
}
