import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { parseListening, readListening } from "../../src/proc/listening.js";

const header =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
const rest = "00000000:00000000 00:00000000 00000000";

it("gives the listening sockets with port, inode and owner, and none of the others", () => {
  const text = [
    header,
    `   0: 0100007F:1F90 00000000:0000 0A ${rest}  1000        0 123 1 0 100 0 0 10 0`,
    `   1: 0100007F:1F90 0100007F:C350 01 ${rest}  1000        0 124 1 0 20 4 30 10 -1`,
    `   2: 0100007F:1F90 0100007F:C351 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0`,
    `   3: 00000000:0016 00000000:0000 0A ${rest}     0        0 9 1 0 100 0 0 10 0`,
    "",
  ].join("\n");
  expect(parseListening(text)).toEqual([
    { inode: 123, local: "127.0.0.1:8080", port: 8080, uid: 1000 },
    { inode: 9, local: "0.0.0.0:22", port: 22, uid: 0 },
  ]);
});

it("is nothing where the text is no table", () => expect(parseListening("oops")).toBeUndefined());

it.each(["127.0.0.1", "::1"])("finds a listener of this very process on %s", async (host) => {
  const server = createServer();
  server.listen({ port: 0, host });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const sockets = valueOf(readListening("/proc", process.pid)) ?? [];
  server.close();
  expect(sockets.find((socket) => socket.port === port)?.uid).toBe(process.getuid?.());
});
