import { connect, createServer } from "node:net";

/** Both loopbacks: a server may listen on either alone. */
const ipv4 = "127.0.0.1";
const ipv6 = "::1";
const mostTries = 100;

/** Where something may listen. */
export type Door = { readonly port: number; readonly host: string } | { readonly path: string };

/** A TCP port that nobody listens on at this moment, on IPv4 nor, where there is one, on the IPv6 loopback. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries++) {
    const port = await bound(0, ipv4);
    const same = await bound(port, ipv6).catch((error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? undefined : port,
    );
    if (same !== undefined) return port;
  }
  throw new Error(`no port is free on ${ipv4} and on ${ipv6}`);
}

function bound(wanted: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: wanted, host, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Who listens on a port already, as one would write it; undefined = nobody. */
export async function takenAt(port: number): Promise<string | undefined> {
  for (const door of [
    { port, host: ipv4 },
    { port, host: ipv6 },
  ])
    if ((await tryConnect(door)) === undefined) return doorText(door);
  return undefined;
}

/** `127.0.0.1:80`, `[::1]:80`, or a path. */
export function doorText(door: Door): string {
  if ("path" in door) return door.path;
  return door.host.includes(":") ? `[${door.host}]:${door.port}` : `${door.host}:${door.port}`;
}

/** Where the server of a URL is asked whether it listens: the host that the sessions will use. */
export function doorsOf(url: string, port: number): readonly Door[] {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  if (host === "[::1]") return [{ port, host: ipv6 }];
  if (host === "localhost")
    return [
      { port, host: ipv4 },
      { port, host: ipv6 },
    ];
  return [{ port, host: host.startsWith("127.") ? host : ipv4 }];
}

/** Connects and hangs up: undefined when it was accepted, else why not. */
export function tryConnect(door: Door, signal?: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(door);
    const giveUp = (): void => void socket.destroy();
    let answer: string | undefined = "no answer";
    signal?.addEventListener("abort", giveUp);
    socket.once("connect", () => {
      answer = undefined;
      socket.destroy();
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      answer = error.code ?? error.message;
    });
    socket.once("close", () => {
      signal?.removeEventListener("abort", giveUp);
      resolve(answer);
    });
  });
}

/** On the other loopback, for a reason: the server that is asked for at the one may be at the other. */
export async function elsewhere(doors: readonly Door[], signal: AbortSignal): Promise<string | undefined> {
  const [door] = doors;
  if (!door || "path" in door || doors.length > 1) return undefined;
  const other = { port: door.port, host: door.host === ipv6 ? ipv4 : ipv6 };
  return (await tryConnect(other, signal)) === undefined ? doorText(other) : undefined;
}
