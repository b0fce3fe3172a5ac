import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { FileIndex } from "../../src/gateway/file-index.js";
import { Seams } from "../../src/gateway/seams.js";
import { SessionRegistry } from "../../src/gateway/session-registry.js";
import { ProcessManager, ResourceMonitor, type ResourceLimits } from "../../src/lifecycle/index.js";

let server: WebSocketServer;

afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

function registry(limits: ResourceLimits): SessionRegistry {
  const log = (): void => {};
  return new SessionRegistry({
    agent: { command: "true", args: [], pty: false },
    env: process.env,
    graceMs: 100,
    pingEveryMs: 60_000,
    manager: new ProcessManager(),
    monitor: new ResourceMonitor({ limits }),
    index: new FileIndex({ folder: ".", maxFiles: 1 }),
    seams: new Seams({ chosen: [], folder: ".", indexEveryMs: 60_000, log }),
    log,
  });
}

async function connect(sessions: SessionRegistry): Promise<WebSocket> {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket, request) => sessions.admit(socket, request.socket));
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return new WebSocket(`ws://127.0.0.1:${address.port}`);
}

/** The first frame, and the code that the connection is then closed with. */
async function turnedAway(client: WebSocket): Promise<unknown[]> {
  const closed = once(client, "close");
  const [data] = await once(client, "message");
  const [code] = await closed;
  return [JSON.parse(String(data)), code];
}

describe("SessionRegistry", () => {
  it("turns a client away over a limit, and says which", async () => {
    const client = await connect(registry({ fds: 1 }));
    expect(await turnedAway(client)).toEqual([
      { type: "error", message: expect.stringMatching(/^\d+ fds .*limit/) },
      1013,
    ]);
  });

  it("turns a client away while it closes", async () => {
    const sessions = registry({});
    await sessions.close();
    const client = await connect(sessions);
    expect(await turnedAway(client)).toEqual([{ type: "error", message: "the gateway is stopping" }, 1013]);
  });

  it("admits a client below the limits", async () => {
    const client = await connect(registry({ fds: 100_000 }));
    const [data] = await once(client, "message");
    expect(JSON.parse(String(data))).toMatchObject({ type: "bot" });
    client.terminate();
  });
});
