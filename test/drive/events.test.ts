import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { Step } from "../../src/model/scenario.js";
import { expectText, runOnce } from "../fixtures/drive/drive.js";
import { type HttpServer, httpServer } from "../fixtures/drive/http-server.js";

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const events: Step = { kind: "events", method: "GET", path: "/sse", headers: {}, withinMs: 5000 };
const close: Step = { kind: "close", code: 1000, withinMs: 5000 };

/** Begins a stream, then leaves it to the caller. */
async function stream(write: (response: ServerResponse) => void): Promise<string> {
  server = await httpServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" }).flushHeaders();
    write(response);
  });
  return `ws://127.0.0.1:${server.port}`;
}

/** Waits between the pieces, so that each comes by itself. */
async function inPieces(response: ServerResponse, bytes: Buffer, size: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function event(type: string, withinMs = 300): Step {
  return { kind: "expect", match: { kind: "any" }, event: type, withinMs };
}

const told =
  ": a comment\n\nid: 1\ndata: first\n\n" +
  "event: greeting\r\ndata: grüß\r\ndata:  two lines\r\n\r\n" +
  'data\n\nevent: ping\nretry: 5\ndata: {"n":3}\n\nunknown: field\ndata:x\n\ndata: never ended';

describe("a stream of events", () => {
  it.each([1, 2, 7, 1000])("is read as the standard has it, in pieces of %i bytes", async (size) => {
    const url = await stream((response) => void inPieces(response, Buffer.from(told), size));
    const operation = await runOnce(url, [
      events,
      expectText("first"),
      {
        kind: "expect",
        match: { kind: "text", text: "grüß\n two lines" },
        event: "greeting",
        withinMs: 5000,
      },
      expectText(""),
      { kind: "expect", match: { kind: "json", fields: { n: 3 } }, event: "ping", withinMs: 5000 },
      { kind: "expect", match: { kind: "any" }, event: "message", withinMs: 5000 },
      close,
    ]);
    expect(operation.reason).toBeUndefined();
    expect(operation.localPorts).toHaveLength(1);
  });

  it("is asked for as a browser does", async () => {
    const url = await stream((response) => response.write("data: x\n\n"));
    const post = { ...events, method: "POST", body: '{"id":"{operation}"}', headers: { "x-y": "{flow}" } };
    expect((await runOnce(url, [post, expectText("x"), close])).outcome).toBe("landed");
    expect(server?.asked[0]).toMatchObject({
      method: "POST",
      body: '{"id":"1"}',
      headers: { accept: "text/event-stream", "content-type": "application/json", "x-y": "flow" },
    });
  });

  it("waits for events that come late, and passes over those of another type", async () => {
    const url = await stream((response) => {
      setTimeout(() => response.write("event: other\ndata: x\n\n"), 50);
      setTimeout(() => response.write("event: mine\ndata: x\n\n"), 100);
    });
    expect((await runOnce(url, [events, event("mine", 5000), close])).outcome).toBe("landed");
  });

  it("says what came instead", async () => {
    const url = await stream((response) => response.write("event: other\ndata: y\n\n"));
    const operation = await runOnce(url, [events, event("mine")]);
    expect(operation.reason).toBe("step 2 expect: no frame of type mine within 300 ms; last frame was y");
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ["is refused", (response) => response.writeHead(503).end(), "step 1 events: HTTP 503"],
    [
      "is none",
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
      "step 1 events: text/html instead of text/event-stream",
    ],
    [
      "is cut off in its midst",
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" }).write("data: x\n\n");
        setTimeout(() => response.socket?.destroy(), 50);
      },
      "step 2 expect: closed by the server",
    ],
    [
      "ends",
      (response) => response.writeHead(200, { "content-type": "text/event-stream" }).end("data: x\n\n"),
      "step 2 expect: the server ended the stream",
    ],
  ])("says that it %s", async (_, answer, reason) => {
    server = await httpServer((_request, response) => answer(response));
    const operation = await runOnce(`http://127.0.0.1:${server.port}`, [events, expectText("y")]);
    expect(operation.reason).toBe(reason);
  });

  it("takes no event without an end into memory", async () => {
    const piece = `data: ${"x".repeat(1024 ** 2)}\n`;
    const url = await stream((response) => {
      const more = (error?: Error | null): void => {
        if (!error && !response.destroyed) response.write(piece, more);
      };
      more();
    });
    const operation = await runOnce(url, [events, expectText("y", 20_000)]);
    expect(operation.reason).toBe("step 2 expect: an event is larger than the driver takes");
  });
});
