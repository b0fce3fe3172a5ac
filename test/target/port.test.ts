import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort, takenAt, tryConnect } from "../../src/target/port.js";

test("a free port refuses until somebody listens on it", async () => {
  const port = await freePort();
  expect(await tryConnect({ port, host: "127.0.0.1" })).toBe("ECONNREFUSED");
  const server = createServer((socket) => socket.resume()).listen(port, "127.0.0.1");
  await once(server, "listening");
  expect(await tryConnect({ port, host: "127.0.0.1" })).toBeUndefined();
  server.close();
  await once(server, "close");
});

test("a port that is taken on the IPv6 loopback alone is not free", async () => {
  const server = createServer().listen(0, "::1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await takenAt(port)).toBe(`[::1]:${port}`);
  server.close();
  await once(server, "close");
  expect(await takenAt(port)).toBeUndefined();
});
