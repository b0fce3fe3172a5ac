import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { main } from "../../src/cli/main.js";
import { fakeHost } from "./fake-host.js";
import { cleanUpAfterEach, eventually, marked, type Spawned, spawnTool, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

/** The URL that it printed. */
async function urlOf(stdout: () => string): Promise<string> {
  await eventually(() => stdout().includes("\n"), "its URL");
  return /^watertight gateway: (http:\/\/127\.0\.0\.1:\d+)\n/.exec(stdout())?.[1] ?? `no URL in ${stdout()}`;
}

function start(...words: string[]): Spawned {
  return spawnTool(["gateway", ...words], tempFolder());
}

describe("watertight gateway", () => {
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "prints its URL, serves, and ends on %s: exit 0",
    async (name) => {
      const gateway = start();
      const response = await fetch(`${await urlOf(gateway.stdout)}/healthz`);
      expect(response.status).toBe(200);
      await response.text();
      gateway.child.kill(name);
      expect((await gateway.exited).code).toBe(0);
      expect(marked(gateway)).toEqual([]);
    },
  );

  it("ends its agents with it, within the time that it was given", async () => {
    const gateway = start("--stop-within", "2s", "--grace", "200ms");
    const url = await urlOf(gateway.stdout);
    const client = new WebSocket(`${url.replace("http", "ws")}/ws`);
    await once(client, "open");
    const prompt = { sender: "USER", content: "go on @ignore-int", firstMessage: true, sessionID: "s" };
    client.send(JSON.stringify(prompt));
    await eventually(() => marked(gateway).length > 0, "the agent");
    const sinceMs = Date.now();
    gateway.child.kill("SIGTERM");
    expect((await gateway.exited).code).toBe(0);
    client.terminate();
    // Ten times what was asked for: this is about an end, not about speed.
    expect(Date.now() - sinceMs).toBeLessThan(20_000);
    expect(marked(gateway)).toEqual([]);
  });

  it("says that its port is taken: exit 4", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { code, stdout, stderr } = await tool(["gateway", "--port", port]);
    server.close();
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain(
      `watertight: cannot listen on 127.0.0.1:${port}\n  why: another program listens there`,
    );
    expect(stderr).toContain("fix: use --port 0 for a free one, or stop the other program");
  });

  it("says that it cannot have the address: exit 4", async () => {
    const { code, stderr } = await tool(["gateway", "--host", "192.0.2.1"]);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /cannot listen on 192\.0\.2\.1:0\n {2}why: .*EADDRNOTAVAIL.*\n {2}fix: choose another/,
    );
  });

  it("says that its folder is not there: exit 2", async () => {
    const { code, stderr } = await tool(["gateway", "--folder", "/nowhere"]);
    expect(code).toBe(2);
    expect(stderr).toContain("watertight: cannot index /nowhere");
  });

  it("runs with plants, and prints no more than its URL", async () => {
    const { host, signal, stdout } = fakeHost({ cwd: tempFolder() });
    const code = main(["gateway", "--plant", "fd:0.5", "--plant", "memory", "--folder", "docs"], host);
    const url = await urlOf(stdout);
    signal("SIGTERM");
    expect(await code).toBe(0);
    expect(stdout()).toBe(`watertight gateway: ${url}\n`);
  });
});
