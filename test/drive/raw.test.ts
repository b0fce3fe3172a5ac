import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { DropWay, Step } from "../../src/model/scenario.js";
import { eventually, runOnce, send } from "../fixtures/drive/drive.js";
import { listening } from "../fixtures/drive/http-server.js";

const folder = mkdtempSync(join(tmpdir(), "watertight-raw-"));
const path = join(folder, "socket");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
  rmSync(path, { force: true });
});

/** What the server saw of its latest client. */
let seen: string[] = [];

interface Place {
  readonly url: string;
  readonly open: Step;
}

/** A server on either kind of socket. */
async function serve(
  kind: "tcp" | "unix",
  talk: (socket: Socket) => void,
  framing: "line" | "raw" = "line",
): Promise<Place> {
  const events: string[] = [];
  seen = events;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("end", () => events.push("end"));
    socket.on("error", (error: NodeJS.ErrnoException) => events.push(error.code ?? ""));
    socket.on("close", () => events.push("close"));
    talk(socket);
  });
  const started = await listening(server, kind === "unix" ? path : undefined);
  ({ stop } = started);
  const open: Step =
    kind === "unix"
      ? { kind, path, framing, withinMs: 5000 }
      : { kind, port: "{port}", framing, withinMs: 5000 };
  return { url: `ws://127.0.0.1:${started.port || 1}`, open };
}

async function run(
  { url, open }: Place,
  ...steps: Step[]
): Promise<{ reason?: string; localPorts: readonly number[] }> {
  const operation = await runOnce(url, [open, ...steps], { port: url.split(":")[2] });
  return {
    ...(operation.reason !== undefined && { reason: operation.reason }),
    localPorts: operation.localPorts,
  };
}

const close: Step = { kind: "close", code: 1000, withinMs: 5000 };
const echo = (socket: Socket): void => void socket.pipe(socket);
const text = (text: string): Step => ({ kind: "expect", match: { kind: "text", text }, withinMs: 5000 });
const matches = (pattern: string, withinMs = 5000): Step => ({
  kind: "expect",
  match: { kind: "matches", pattern },
  withinMs,
});
const drop = (how: DropWay, withinMs = 5000): Step => ({ kind: "drop", how, withinMs });

describe.each(["tcp", "unix"] as const)("over %s", (kind) => {
  it("a message is a line, and its line feed is added", async () => {
    const place = await serve(kind, echo);
    const steps = [
      send("one"),
      send("two\n"),
      send('{"n":{operation}}'),
      text("one"),
      text("two"),
      { kind: "expect", match: { kind: "json", fields: { n: 1 } }, withinMs: 5000 } as const,
    ];
    const { reason, localPorts } = await run(place, ...steps, close);
    expect(reason).toBeUndefined();
    expect(localPorts).toHaveLength(kind === "tcp" ? 1 : 0);
  });

  it("lines may come in pieces, end with CR LF, and be looked into for variables", async () => {
    const place = await serve(kind, (socket) => {
      socket.write("+he");
      setTimeout(() => socket.write("llo id=7\r\n+later\r"), 20);
      setTimeout(() => socket.write("\n"), 40);
      socket.on("data", (chunk: Buffer) => socket.write(chunk));
    });
    expect(
      (await run(place, matches("^\\+hello id=(?<id>\\d+)$"), text("+later"), send("{id}"), text("7"), close))
        .reason,
    ).toBeUndefined();
  });

  it("a stream without framing is looked at as it has come, each find from where the last one ended", async () => {
    const place = await serve(
      kind,
      (socket) => {
        socket.write("login: password: ");
        setTimeout(() => socket.write("we"), 20);
        setTimeout(() => socket.write(Buffer.from("lcome \u00e4").subarray(0, 7)), 40);
        setTimeout(() => socket.write(Buffer.from("\u00e4").subarray(1)), 60);
      },
      "raw",
    );
    const contains = (text: string): Step => ({
      kind: "expect",
      match: { kind: "contains", text },
      withinMs: 5000,
    });
    expect(
      (await run(place, contains("login:"), contains("password:"), contains("welcome \u00e4"), drop("reset")))
        .reason,
    ).toBeUndefined();
    const again = await run(place, contains("password:"), matches("login:", 300));
    expect(again.reason).toMatch(
      /^step 3 expect: no frame that matches login: within 300 ms; last frame was/,
    );
  });

  it("bytes are sent as they are", async () => {
    const place = await serve(kind, (socket) =>
      socket.on("data", (chunk: Buffer) => socket.write(`${chunk.toString("hex")}\n`)),
    );
    const bytes = (binary: "hex" | "base64", data: string): Step => ({ kind: "send", data, binary });
    expect(
      (await run(place, bytes("hex", "00ff"), text("00ff"), bytes("base64", "AQID"), text("010203"), close))
        .reason,
    ).toBeUndefined();
  });

  it("close and fin end the own half, and wait until the server hangs up", async () => {
    for (const leave of [close, drop("fin")]) {
      const place = await serve(kind, (socket) => {
        socket.resume().write("x\n");
        socket.on("end", () => setTimeout(() => socket.end(), 50));
      });
      expect((await run(place, text("x"), leave)).reason).toBeUndefined();
      await eventually(() => seen.includes("close"), "the close");
      expect(seen).toEqual(["end", "close"]);
      await stop?.();
      stop = undefined;
    }
  });

  it("half-close lets the server finish", async () => {
    const place = await serve(kind, (socket) => {
      let read = "";
      socket.on("data", (chunk: Buffer) => {
        read += chunk.toString();
      });
      socket.on("end", () => socket.end(`got ${read}`));
    });
    const { reason } = await run(place, send("all"), drop("half-close"), text("got all"), close);
    expect(reason).toBeUndefined();
    expect(seen[0]).toBe("end");
  });

  it("says when nobody listens, and when the server hangs up", async () => {
    const place = await serve(kind, (socket) => socket.end("bye\n"));
    expect((await run(place, text("bye"), text("more"))).reason).toBe("step 3 expect: closed by the server");
    await stop?.();
    stop = undefined;
    expect((await run(place)).reason).toBe(
      `step 1 ${kind}: ${kind === "tcp" ? "connection refused" : "ENOENT"}`,
    );
  });

  it("takes no line without an end into memory", async () => {
    const place = await serve(kind, (socket) => {
      const more = (error?: Error | null): void => {
        if (!error && !socket.destroyed) socket.write("x".repeat(1024 ** 2), more);
      };
      more();
    });
    expect((await run(place, text("y"))).reason).toBe(
      "step 2 expect: a line is longer than the 16777216 bytes that the driver takes",
    );
  });
});

it("a port that is none fails the step", async () => {
  const open: Step = { kind: "tcp", port: "{nothing}", framing: "line", withinMs: 5000 };
  expect((await runOnce("ws://127.0.0.1:1", [open])).reason).toBe(
    "step 1 tcp: the port is none; it is {nothing}",
  );
});
