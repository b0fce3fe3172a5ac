import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort, tryConnect } from "../../src/target/port.js";

test("a free port refuses until somebody listens on it", async () => {
  const port = await freePort();
  expect(await tryConnect(port)).toBe("ECONNREFUSED");
  const server = createServer((socket) => socket.resume()).listen(port, "127.0.0.1");
  await once(server, "listening");
  expect(await tryConnect(port)).toBeUndefined();
  server.close();
  await once(server, "close");
});
