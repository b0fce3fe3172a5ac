import { connect, type Socket } from "node:net";

/** Opens a TCP connection to the host of a URL, and tells its local port once it stands. */
export function dial(url: URL, onPort: (localPort: number) => void): Socket {
  // IPv6 addresses stand in brackets in a URL, and nowhere else.
  const { hostname } = url;
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  const socket = connect({ host, port: Number(url.port || 80) });
  socket.once("connect", () => {
    if (socket.localPort !== undefined) onPort(socket.localPort);
  });
  return socket;
}
