import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Rig, rig } from "./rig.js";

let gateway: Rig;

afterEach(async () => {
  await gateway.stop();
});

const get = async (path: string, init?: RequestInit): Promise<Response> =>
  await fetch(`${gateway.gateway.url}${path}`, { ...init, headers: { connection: "close" } });

describe("over HTTP the gateway", () => {
  it("says that it is well", async () => {
    gateway = await rig();
    const response = await get("/healthz");
    expect([response.status, await response.text()]).toEqual([200, "ok\n"]);
  });

  it("shows its metrics", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    client.ask("@hang");
    await client.line("echo: @hang");
    const response = await get("/metrics");
    expect(response.headers.get("content-type")).toContain("text/plain");
    const text = await response.text();
    expect(text).toMatch(/^process_open_fds [1-9]\d*$/m);
    expect(text).toMatch(/^process_child_processes [1-9]\d*$/m);
    expect(text).toMatch(/^process_open_ptys [1-9]\d*$/m);
  });

  it.each(["/", "/health", "//", "/healthz/x", "/%"])("does not know %s", async (path) => {
    gateway = await rig();
    const response = await get(path, { method: "POST", body: "x".repeat(100_000) });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("/healthz");
  });

  it("wants a WebSocket at /ws, and nowhere else", async () => {
    gateway = await rig();
    expect((await get("/ws")).status).toBe(426);
    const elsewhere = new WebSocket(`${gateway.gateway.url.replace("http", "ws")}/chat`);
    expect(String(await once(elsewhere, "error"))).toContain("400");
  });
});
