import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { Problem } from "../../src/model/problem.js";
import type { Step } from "../../src/model/scenario.js";
import {
  batchOf,
  close,
  connect,
  driverOf,
  eventually,
  expectText,
  flowOf,
  send,
} from "../fixtures/drive/drive.js";
import { certPath, type HttpServer, httpServer } from "../fixtures/drive/http-server.js";

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(): Promise<number> {
  server = await httpServer((request, response) => {
    if (request.url !== "/sse") return response.setHeader("set-cookie", "a=1").end("ok");
    return response.writeHead(200, { "content-type": "text/event-stream" }).write("data: x\n\n");
  }, true);
  return server.port;
}

const http: Step = {
  kind: "http",
  method: "GET",
  path: "/",
  body: undefined,
  status: 200,
  match: "ok",
  withinMs: 5000,
};
const events: Step = { kind: "events", method: "GET", path: "/sse", headers: {}, withinMs: 5000 };

async function run(
  url: string,
  tls: Parameters<typeof driverOf>[2],
  ...steps: Step[]
): Promise<string | undefined> {
  const { driver, operations } = driverOf([flowOf(steps)], url, tls);
  await driver.runBatch(batchOf(1));
  await driver.close();
  return operations[0]?.reason;
}

describe("TLS", () => {
  it.each([{ ca: certPath }, { verify: false } as const])(
    "reaches a server with a certificate of its own by %j",
    async (tls) => {
      const port = await serve();
      for (const url of [`https://127.0.0.1:${port}`, `wss://localhost:${port}`]) {
        expect(await run(url, { tls }, http, events, expectText("x"), close)).toBeUndefined();
      }
      expect(server?.asked.at(-1)?.headers.cookie).toBe("a=1");
    },
  );

  it("does not reach it without", async () => {
    const port = await serve();
    expect(await run(`https://127.0.0.1:${port}`, {}, http)).toBe("step 1 http: DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it("refuses a certificate that is not there, or none", () => {
    for (const ca of ["no-such.pem", import.meta.filename]) {
      expect(() => driverOf([], "wss://127.0.0.1:1", { tls: { ca } })).toThrow(Problem);
    }
  });

  it("carries a WebSocket, which can be left in every way", async () => {
    const seen: string[] = [];
    const port = await serve();
    const wss = new WebSocketServer({ noServer: true });
    const started = server;
    if (!started) throw new Error("no server");
    started.server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on("error", (error: NodeJS.ErrnoException) => seen.push(error.code ?? ""));
      socket.on("end", () => seen.push("end"));
      wss.handleUpgrade(request, socket, head, (ws) => {
        ws.on("error", () => undefined);
        ws.on("message", (data) => ws.send(data));
        ws.on("close", (code) => seen.push(`close ${code}`));
      });
    });
    const url = `wss://127.0.0.1:${port}`;
    const tls = { tls: { verify: false } } as const;
    const talk = [connect, send("x"), expectText("x")];
    expect(await run(url, tls, ...talk, close)).toBeUndefined();
    await eventually(() => seen.includes("close 1000"), "the close");
    for (const how of ["fin", "half-close", "reset", "silence", "stall"] as const) {
      seen.length = 0;
      expect(await run(url, tls, ...talk, { kind: "drop", how, withinMs: 200 })).toBeUndefined();
      await eventually(() => seen.includes("close 1006"), `the close after ${how}`);
      expect(seen[0]).toBe(how === "reset" ? "ECONNRESET" : "end");
    }
    wss.close();
  });
});
