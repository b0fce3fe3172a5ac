import { connect, isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect as secure } from "node:tls";
import { Wire } from "./wire.js";

/** Where a socket goes. */
export type Endpoint =
  | { readonly host: string; readonly port: number; readonly tls?: ConnectionOptions | undefined }
  | { readonly path: string };

/** Opens a connection, and tells its local port once it stands, if it has one. */
export function dial(to: Endpoint, onPort: (localPort: number) => void): Wire {
  const raw = "path" in to ? connect(to.path) : connectTcp(to, onPort);
  if ("path" in to || to.tls === undefined) return new Wire(raw);
  // On a socket of its own, which can be reset: a TLS socket cannot.
  const servername = isIP(to.host) === 0 ? { servername: to.host } : {};
  return new Wire(secure({ ...to.tls, ...servername, socket: raw }), raw);
}

function connectTcp(to: { host: string; port: number }, onPort: (localPort: number) => void): Socket {
  const socket = connect({ host: to.host, port: to.port });
  socket.once("connect", () => {
    if (socket.localPort !== undefined) onPort(socket.localPort);
  });
  return socket;
}
