import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Step } from "../../src/model/scenario.js";
import {
  batchOf,
  connect,
  driverOf,
  eventually,
  expectText,
  flowOf,
  runOnce,
  send,
} from "../fixtures/drive/drive.js";
import {
  type WsServer,
  type WsServerOptions,
  shakeHandsOnly,
  wsServer,
} from "../fixtures/drive/ws-server.js";

let server: WsServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(options?: WsServerOptions): Promise<WsServer> {
  server = await wsServer(options);
  return server;
}

function drop(how: "fin" | "reset" | "silence", withinMs = 5000): Step {
  return { kind: "drop", how, withinMs };
}

describe("what the server sees of a client that leaves", () => {
  it("by FIN: the end of the stream, and no close frame", async () => {
    const { url, seen } = await serve();
    const operation = await runOnce(url, [connect, send("x"), expectText("x"), drop("fin")]);
    expect(operation.outcome).toBe("landed");
    await eventually(() => seen[0]?.events.length === 2, "the end and the close");
    expect(seen[0]?.events).toEqual(["end", "close 1006"]);
  });

  it("by RST: ECONNRESET, without an end", async () => {
    const { url, seen } = await serve();
    const operation = await runOnce(url, [connect, send("x"), expectText("x"), drop("reset")]);
    expect(operation.outcome).toBe("landed");
    await eventually(() => seen[0]?.events.length === 2, "the reset and the close");
    expect(seen[0]?.events).toEqual(["ECONNRESET", "close 1006"]);
  });

  it("in silence: nothing at all, not even a pong, until the client's time is over", async () => {
    const during: string[][] = [];
    const { url, seen } = await serve({
      session: (ws) => {
        ws.on("message", () => {
          ws.send("x");
          for (const afterMs of [50, 100, 200]) setTimeout(() => ws.ping(), afterMs);
          setTimeout(() => during.push([...(seen[0]?.events ?? [])]), 300);
        });
      },
    });
    const operation = await runOnce(url, [connect, send("x"), expectText("x"), drop("silence", 600)]);
    expect(operation.outcome).toBe("landed");
    expect(during).toEqual([[]]);
    await eventually(() => seen[0]?.events.includes("close 1006") === true, "the end of the client");
    expect(seen[0]?.events).not.toContain("pong");
  });

  it("in silence: the socket stays open past the operation, until the driver closes", async () => {
    const { url, seen } = await serve();
    const { driver, operations } = driverOf([flowOf([connect, drop("silence", 50)])], url);
    await driver.runBatch(batchOf(3, 3));
    expect(operations.map(({ outcome }) => outcome)).toEqual(["landed", "landed", "landed"]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(seen.map(({ events }) => events)).toEqual([[], [], []]);
    await driver.close();
    await eventually(() => seen.every(({ events }) => events.includes("close 1006")), "the ends");
  });

  it("a client that does not leave answers the same pings", async () => {
    const { url, seen } = await serve({ session: (ws) => setTimeout(() => ws.ping(), 20) });
    await runOnce(url, [connect, { kind: "wait", ms: 150 }]);
    expect(seen[0]?.events).toContain("pong");
  });
});

describe("the end of a silent client's step", () => {
  it.each<[string, (socket: Socket) => void]>([
    ["a FIN", (socket) => socket.end()],
    ["a reset", (socket) => socket.resetAndDestroy()],
    ["a close", (socket) => socket.destroy()],
  ])("comes with %s of the target", async (_name, hangUp) => {
    const { url } = await serve({
      session: (ws, socket) => {
        ws.on("message", () => {
          ws.send("x");
          // Frames before the hang-up, which the client must read past.
          ws.send("y".repeat(20_000));
          setTimeout(() => hangUp(socket), 100);
        });
      },
    });
    // A minute is longer than this test may take.
    const operation = await runOnce(url, [connect, send("x"), expectText("x"), drop("silence", 60_000)]);
    expect(operation.outcome).toBe("landed");
  });

  it("comes after its time even when the target floods it, and reads next to nothing of the flood", async () => {
    let socketOfServer: Socket | undefined;
    const { url } = await serve({
      session: (ws, socket) => {
        socketOfServer = socket;
        const more = (error?: Error): void => {
          if (!error) ws.send("y".repeat(100_000), more);
        };
        ws.on("message", () => {
          ws.send("x");
          more();
        });
      },
    });
    const operation = await runOnce(url, [connect, send("x"), expectText("x"), drop("silence", 500)]);
    expect(operation.outcome).toBe("landed");
    // What the kernel's buffers of both ends take (tcp_rmem and tcp_wmem), and no more.
    expect(socketOfServer?.bytesWritten).toBeLessThan(64 * 1024 ** 2);
  });
});

describe("a target that ignores the FIN", () => {
  it("is left after the step's time, and the operation landed", async () => {
    const ignoring: { socket?: Socket; ended?: boolean } = {};
    const { url } = await serve({
      upgrade: (request: IncomingMessage, socket: Socket) => {
        shakeHandsOnly(request, socket);
        ignoring.socket = socket;
        socket.on("end", () => {
          ignoring.ended = true;
        });
        socket.resume();
      },
    });
    const operation = await runOnce(url, [connect, drop("fin", 100)]);
    expect(operation.outcome).toBe("landed");
    expect(ignoring.ended).toBe(true);
    expect(ignoring.socket?.writable).toBe(true);
  });
});
