import { afterEach, describe, expect, it } from "vitest";
import type { Step } from "../../src/model/scenario.js";
import { FakeClock } from "../support/fake-clock.js";
import {
  batchOf,
  close,
  connect,
  driverOf,
  expectText,
  flowOf,
  runOnce,
  send,
} from "../fixtures/drive/drive.js";
import {
  type WsServer,
  type WsServerOptions,
  shakeHandsOnly,
  textOf,
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

describe("connect", () => {
  it("fills placeholders in path and headers, and notes the local port", async () => {
    const { url, seen } = await serve();
    const step = { ...connect, path: "/ws?s={session}&o={operation}", headers: { "x-flow": "{flow}" } };
    const operation = await runOnce(url, [step, close]);
    expect(operation).toMatchObject({ id: 1, flow: "flow", outcome: "landed" });
    expect(seen[0]?.url).toMatch(/^\/ws\?s=[\da-f-]{36}&o=1$/);
    expect(seen[0]?.headers["x-flow"]).toBe("flow");
    expect(operation.localPorts).toHaveLength(1);
  });

  it("says when the server refuses the handshake, and still notes the port", async () => {
    const { url } = await serve({
      upgrade: (_request, socket) => socket.end("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"),
    });
    const operation = await runOnce(url, [connect]);
    expect(operation).toMatchObject({ outcome: "failed", step: 1, reason: "step 1 connect: HTTP 503" });
    expect(operation.localPorts).toHaveLength(1);
  });

  it.each<[string, NonNullable<WsServerOptions["upgrade"]>, string]>([
    ["never answers", () => undefined, "no handshake within 50 ms"],
    ["hangs up", (_request, socket) => socket.destroy(), "the server hung up without an answer"],
    ["resets", (_request, socket) => socket.resetAndDestroy(), "connection reset"],
    [
      "answers wrong",
      (_request, socket) =>
        socket.write(
          "HTTP/1.1 101 Hm\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n",
        ),
      "Invalid Sec-WebSocket-Accept header",
    ],
  ])("says when the server %s", async (_name, upgrade, reason) => {
    const { url } = await serve({ upgrade });
    const withinMs = reason.includes("within") ? 50 : 5000;
    const operation = await runOnce(url, [{ ...connect, withinMs }]);
    expect(operation.reason).toBe(`step 1 connect: ${reason}`);
  });

  it("says when nobody listens", async () => {
    const { url, stop } = await wsServer();
    await stop();
    expect((await runOnce(url, [connect])).reason).toBe("step 1 connect: connection refused");
  });

  it("fails, and does not throw, on what node:http does not take", async () => {
    const { url } = await serve();
    const operation = await runOnce(url, [{ ...connect, headers: { "x-y": "a\nb" } }]);
    expect(operation.reason).toMatch(/^step 1 connect: Invalid character in header/);
  });
});

describe("subprotocols", () => {
  const offers = { ...connect, protocols: ["tty", "other"] };

  it("are offered, and the server's choice is taken", async () => {
    const { url, seen } = await serve();
    expect((await runOnce(url, [offers, send("x"), expectText("x"), close])).outcome).toBe("landed");
    expect(seen[0]?.headers["sec-websocket-protocol"]).toBe("tty,other");
  });

  it("must be taken", async () => {
    const { url } = await serve({ upgrade: shakeHandsOnly });
    expect((await runOnce(url, [offers])).reason).toBe("step 1 connect: Server sent no subprotocol");
  });
});

describe("binary frames", () => {
  it("are sent as the bytes that are written", async () => {
    const { url, seen } = await serve({
      session: (ws) => ws.on("message", (data, isBinary) => ws.send(`${isBinary} ${textOf(data)}`)),
    });
    const steps: Step[] = [
      connect,
      { kind: "send", data: "aGk=", binary: "base64" },
      expectText("true hi"),
      { kind: "send", data: "686f", binary: "hex" },
      expectText("true ho"),
      send("text"),
      expectText("false text"),
      close,
    ];
    expect((await runOnce(url, steps)).reason).toBeUndefined();
    expect(seen[0]?.frames).toEqual(["hi", "ho", "text"]);
  });
});

describe("send and expect", () => {
  it("find frames that came before they were asked for", async () => {
    const { url } = await serve();
    const steps = [
      connect,
      send("1"),
      send("2"),
      { kind: "wait", ms: 50 } as const,
      expectText("1"),
      expectText("2"),
    ];
    expect(await runOnce(url, steps)).toMatchObject({ outcome: "landed" });
  });

  it("do not find a frame twice, or one that came before the last match", async () => {
    const { url } = await serve();
    const operation = await runOnce(url, [
      connect,
      send("1"),
      send("2"),
      expectText("2"),
      expectText("1", 100),
    ]);
    expect(operation).toMatchObject({ outcome: "failed", step: 5 });
  });

  it("name what was awaited, how long, and what came last", async () => {
    const { url } = await serve({ session: (ws) => ws.send('{"type":"content"}') });
    const fields = { type: "exec_end" };
    const step: Step = { kind: "expect", match: { kind: "json", fields }, withinMs: 100 };
    const operation = await runOnce(url, [connect, send("go"), step]);
    expect(operation.reason).toBe(
      'step 3 expect: no frame with {"type":"exec_end"} within 100 ms; last frame was {"type":"content"}',
    );
  });

  it("read binary frames as the text that they are", async () => {
    const { url } = await serve({ session: (ws) => ws.send(Buffer.from("bytes")) });
    expect((await runOnce(url, [connect, expectText("bytes")])).outcome).toBe("landed");
  });

  it("take the frame that came right before the end of the connection", async () => {
    const { url } = await serve({
      session: (ws) => {
        ws.send("bye");
        ws.close(1001);
      },
    });
    const wait = { kind: "wait", ms: 50 } as const;
    expect((await runOnce(url, [connect, wait, expectText("bye")])).outcome).toBe("landed");
    const late = await runOnce(url, [connect, expectText("bye"), expectText("more")]);
    expect(late.reason).toBe("step 3 expect: closed by the server (1001)");
  });

  it("say when the server vanishes in mid-flow", async () => {
    const { url } = await serve({ session: (ws) => ws.on("message", () => ws.terminate()) });
    const operation = await runOnce(url, [connect, send("x"), expectText("x")]);
    expect(operation.reason).toBe("step 3 expect: closed by the server (1006)");
  });

  it("fail without a connection, and on one that is closed", async () => {
    const { url } = await serve();
    expect((await runOnce(url, [send("x")])).reason).toMatch(/^step 1 send: no connection/);
    expect((await runOnce(url, [expectText("x")])).reason).toMatch(/^step 1 expect: no connection/);
    expect((await runOnce(url, [connect, close, send("x")])).reason).toBe(
      "step 3 send: closed by the server (1000)",
    );
  });

  it("belong to the latest connection", async () => {
    const { url, seen } = await serve({ session: (ws) => ws.send("hello") });
    const operation = await runOnce(url, [connect, expectText("hello"), connect, expectText("hello"), close]);
    expect(operation.outcome).toBe("landed");
    expect(operation.localPorts).toHaveLength(2);
    expect(seen).toHaveLength(2);
  });

  it("put up with a frame that is too large by ending the connection", async () => {
    const { url } = await serve({ session: (ws) => ws.send(Buffer.alloc(17 * 1024 ** 2)) });
    const operation = await runOnce(url, [connect, expectText("x")]);
    expect(operation.reason).toBe("step 2 expect: frame is larger than the driver takes");
  });

  it("keep none of a flood of frames", async () => {
    const frame = "z".repeat(64 * 1024);
    let sent = 0;
    const { url } = await serve({
      session: (ws) => {
        const more = (): void => {
          if (sent++ < 4000) ws.send(frame, more);
          else ws.send("end");
        };
        more();
      },
    });
    const beforeBytes = process.memoryUsage().rss;
    const operation = await runOnce(url, [connect, { kind: "wait", ms: 200 }, expectText("end", 20_000)]);
    expect(operation.outcome).toBe("landed");
    // 250 MiB came.
    expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(120 * 1024 ** 2);
  });
});

describe("close", () => {
  it("sends the code", async () => {
    const { url, seen } = await serve();
    expect((await runOnce(url, [connect, { ...close, code: 4001 }])).outcome).toBe("landed");
    expect(seen[0]?.events).toContain("close 4001");
  });

  it("says when the server does not answer", async () => {
    const { url } = await serve({ upgrade: shakeHandsOnly });
    const operation = await runOnce(url, [connect, { ...close, withinMs: 50 }]);
    expect(operation.reason).toBe("step 2 close: close not answered within 50 ms");
  });
});

describe("wait", () => {
  it("waits by the clock", async () => {
    const { url } = await serve();
    const { driver, operations } = driverOf(
      [flowOf([connect, { kind: "wait", ms: 3_600_000 }, close])],
      url,
      {
        clock: new FakeClock(),
      },
    );
    await driver.runBatch(batchOf(1));
    const [operation] = operations;
    expect((operation?.endedAtMs ?? 0) - (operation?.startedAtMs ?? 0)).toBe(3_600_000);
  });
});
