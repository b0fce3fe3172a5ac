import { createServer } from "node:net";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { GatewayOptionError } from "../../src/gateway/gateway-option-error.js";
import { goose, held, heldMore, type Rig, rig, steady } from "./rig.js";

let gateway: Rig | undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

async function request(url: string, path: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/1.1\r\nhost: gateway\r\n\r\n`);
  await once(socket, "data");
  return socket;
}

describe("stop", () => {
  it.each([
    ["in terminals", `${goose} run ?`],
    ["on pipes", `sh ${goose} run ?`],
  ])("ends open sessions and agents %s, and leaves nothing", async (_, agent) => {
    const before = await steady();
    gateway = await rig({ agent, graceMs: 50 });
    for (const prompt of ["@hang", "@ignore-int", "@hold-stderr @hang", "hi"]) {
      const client = await gateway.connect();
      client.ask(prompt);
      await client.line(`echo: ${prompt}`);
    }
    await gateway.gateway.stop();
    await heldMore(before);
  });

  it("says goodbye with 1001", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    const code = new Promise((resolve) => client.socket.once("close", resolve));
    await gateway.gateway.stop();
    expect(await code).toBe(1001);
  });

  it("closes kept HTTP connections", async () => {
    const before = await steady();
    gateway = await rig();
    const kept = await request(gateway.gateway.url, "/healthz");
    const closed = once(kept, "close");
    await gateway.gateway.stop();
    await closed;
    await heldMore(before);
  });

  it("ends in its time even if the grace of agents is longer", async () => {
    gateway = await rig({ graceMs: 3_600_000, stopWithinMs: 400 });
    const client = await gateway.connect();
    client.ask("@ignore-int");
    await client.line("echo: @ignore-int");
    const before = await steady();
    await gateway.gateway.stop();
    expect(before.children).toHaveProperty("sleep");
    expect(held().children).not.toHaveProperty("sleep");
  });

  it("cuts off a client that does not answer the goodbye", async () => {
    gateway = await rig({ stopWithinMs: 100 });
    const client = await gateway.connect();
    client.peer.pause();
    await gateway.gateway.stop();
    expect(gateway.log).toContain("stop: not done within 100 ms; cutting off what is left");
  });

  it("can be called again", async () => {
    gateway = await rig();
    await Promise.all([gateway.gateway.stop(), gateway.gateway.stop()]);
    await gateway.gateway.stop();
  });

  it("frees the port", async () => {
    gateway = await rig();
    const { port } = gateway.gateway;
    await gateway.gateway.stop();
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
  });
});

describe("a start that fails", () => {
  it("says that the agent command is empty", async () => {
    await expect(rig({ agent: " " })).rejects.toThrow(GatewayOptionError);
  });

  it("says that the folder cannot be indexed", async () => {
    await expect(rig({ folder: "/no/such/folder" })).rejects.toThrow(
      /cannot index \/no\/such\/folder: ENOENT/,
    );
  });

  it("passes on that the port is taken, and leaves nothing", async () => {
    gateway = await rig();
    const before = await steady();
    await expect(rig({ port: gateway.gateway.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await heldMore(before);
  });
});
