import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { DropWay, Step } from "../../src/model/scenario.js";
import {
  batchOf,
  close,
  connect,
  driverOf,
  eventually,
  expectText,
  flowOf,
  runOnce,
  send,
} from "../fixtures/drive/drive.js";
import { type HttpServer, httpServer } from "../fixtures/drive/http-server.js";
import { shakeHandsOnly, type WsServer, wsServer } from "../fixtures/drive/ws-server.js";

let server: WsServer | HttpServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(options?: Parameters<typeof wsServer>[0]): Promise<WsServer> {
  const started = await wsServer(options);
  server = started;
  return started;
}

function drop(how: DropWay, more: Partial<Extract<Step, { kind: "drop" }>> = {}): Step {
  return { kind: "drop", how, withinMs: 5000, ...more };
}

const receiving = { whileReceiving: true } as const;
const stream: Step = { kind: "events", method: "GET", path: "/", headers: {}, withinMs: 5000 };

/** Writes until the socket has taken no more for a while. */
async function fills(socket: Socket): Promise<number> {
  for (
    let quiet = 0, before = -1;
    quiet < 10;
    quiet = socket.bytesWritten - socket.writableLength === before ? quiet + 1 : 0
  ) {
    before = socket.bytesWritten - socket.writableLength;
    while (!socket.destroyed && socket.writableLength < 1024 ** 2) socket.write(Buffer.alloc(64 * 1024));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return socket.bytesWritten - socket.writableLength;
}

describe("half-close of a WebSocket", () => {
  it("ends the own half, and frames that come after it still count; no pong is tried", async () => {
    const came: string[] = [];
    const { url } = await serve({
      upgrade: (request, socket) => {
        shakeHandsOnly(request, socket);
        socket.on("data", (chunk: Buffer) => came.push(`opcode ${(chunk[0] ?? 0) & 15}`));
        socket.once("end", () => {
          came.push("end");
          // A ping, and a little later a frame of text.
          socket.write(Buffer.from([0x89, 0]));
          setTimeout(() => socket.end(Buffer.from([0x81, 4, ...Buffer.from("late")])), 50);
        });
      },
    });
    const operation = await runOnce(url, [connect, send("x"), drop("half-close"), expectText("late"), close]);
    expect(operation.reason).toBeUndefined();
    expect(came).toEqual(["opcode 1", "end"]);
  });

  it("is all of the end where nothing follows: the server's hang-up is awaited", async () => {
    const { url, seen } = await serve();
    expect((await runOnce(url, [connect, send("x"), expectText("x"), drop("half-close")])).outcome).toBe(
      "landed",
    );
    await eventually(() => seen[0]?.events.includes("close 1006") === true, "the close");
    expect(seen[0]?.events[0]).toBe("end");
  });
});

describe("a client that stalls", () => {
  it("never reads again: the server's writes come to a halt, and the socket outlives the operation", async () => {
    let written = 0;
    const { url, seen } = await serve();
    const { driver, operations } = driverOf(
      [flowOf([connect, send("x"), expectText("x"), drop("stall", { withinMs: 100 })])],
      url,
    );
    await driver.runBatch(batchOf(1));
    expect(operations[0]?.outcome).toBe("landed");
    const socket = seen[0]?.socket;
    if (socket) written = await fills(socket);
    expect(seen[0]?.events).toEqual([]);
    expect(written).toBeLessThan(16 * 1024 ** 2);
    await driver.close();
    await eventually(() => seen[0]?.socket.destroyed === true, "the end");
  });

  it("does so on a stream of events, too", async () => {
    const started = await httpServer((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: x\n\n");
    });
    server = started;
    const { driver } = driverOf(
      [flowOf([stream, expectText("x"), drop("stall", { withinMs: 100 })])],
      `http://127.0.0.1:${started.port}`,
    );
    await driver.runBatch(batchOf(1));
    const [socket] = started.sockets;
    if (!socket) throw new Error("the socket is gone");
    expect(await fills(socket)).toBeLessThan(16 * 1024 ** 2);
    await driver.close();
    await eventually(() => started.sockets.size === 0, "the end");
  });
});

describe("leaving while the server writes", () => {
  const flood: NonNullable<Parameters<typeof wsServer>[0]>["session"] = (ws) => {
    const more = (error?: Error): void => {
      if (!error) ws.send("y".repeat(100_000), more);
    };
    ws.on("message", () => more());
  };

  it.each<[string, Step, string]>([
    ["close", { ...close, ...receiving }, "close 1000"],
    ["reset", drop("reset", receiving), "ECONNRESET"],
    ["fin", drop("fin", receiving), "end"],
  ])("by %s", async (_, step, event) => {
    const { url, seen } = await serve({ session: flood });
    const operation = await runOnce(url, [connect, send("x"), step]);
    expect(operation.outcome).toBe("landed");
    await eventually(() => seen[0]?.events.includes(event) === true, event);
    expect(seen[0]?.socket.bytesWritten).toBeGreaterThan(100_000);
  });

  it("waits for what comes late, and says when nothing comes", async () => {
    const { url } = await serve({
      session: (ws) => ws.on("message", () => setTimeout(() => ws.send("x"), 100)),
    });
    expect((await runOnce(url, [connect, send("x"), { ...close, ...receiving }])).outcome).toBe("landed");
    const operation = await runOnce(url, [connect, { ...close, ...receiving, withinMs: 50 }]);
    expect(operation.reason).toBe("step 2 close: nothing arrived within 50 ms");
  });

  it("says when the server is gone before", async () => {
    const { url } = await serve({ session: (ws) => setTimeout(() => ws.terminate(), 50) });
    expect((await runOnce(url, [connect, drop("fin", receiving)])).reason).toBe(
      "step 2 drop: closed by the server (1006)",
    );
  });
});

describe("a stream of events", () => {
  it.each<[string, Step, boolean]>([
    ["close", close, false],
    ["fin", drop("fin"), false],
    ["reset", drop("reset"), true],
    ["close, while it flows", { ...close, ...receiving }, true],
  ])("is left by %s", async (_, leave, isReset) => {
    const seen: string[] = [];
    const started = await httpServer((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: x\n\n");
      const timer = setInterval(() => response.write("data: y\n\n"), 5);
      request.socket.on("error", (error: NodeJS.ErrnoException) => seen.push(error.code ?? ""));
      response.on("close", () => {
        clearInterval(timer);
        seen.push("close");
      });
    });
    server = started;
    const operation = await runOnce(`http://127.0.0.1:${started.port}`, [stream, expectText("x"), leave]);
    expect(operation.reason).toBeUndefined();
    await eventually(() => seen.includes("close"), "the close");
    if (!isReset) expect(seen).toEqual(["close"]);
  });
});
