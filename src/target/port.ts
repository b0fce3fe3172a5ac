import { connect, createServer } from "node:net";

const localhost = "127.0.0.1";

/** A TCP port on 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: localhost, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Connects to 127.0.0.1:port and hangs up: undefined when it was accepted, else why not. */
export function tryConnect(port: number, signal?: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: localhost });
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
