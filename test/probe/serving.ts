import { createServer, type RequestListener, type Server } from "node:http";
import type { Server as TcpServer, Socket } from "node:net";

const servers: TcpServer[] = [];
/** The connections to the servers of a test. */
export const sockets = new Set<Socket>();

/** The origin of a server that now listens on loopback. */
export async function serve(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

export async function stopServing(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
}

/** What a server answers to each path; 404 to others. */
export function answering(answers: Readonly<Record<string, RequestListener>>): Server {
  return createServer((request, response) => {
    const answer = answers[request.url ?? ""];
    if (answer) answer(request, response);
    else response.writeHead(404).end("not found");
  });
}

export function answer(text: string, type = "text/plain; charset=utf-8"): RequestListener {
  return (_, response) => response.writeHead(200, { "content-type": type }).end(text);
}
