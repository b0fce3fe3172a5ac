import { afterEach, describe, expect, it } from "vitest";
import { type WsServer, wsServer } from "../fixtures/drive/ws-server.js";
import {
  batchOf,
  close,
  connect,
  driverOf,
  eventually,
  expectText,
  flowOf,
  runOnce,
  send,
} from "../fixtures/drive/drive.js";

let server: WsServer;
afterEach(() => server.stop());

describe("a batch", () => {
  it("lands every operation of a server that does as declared", async () => {
    server = await wsServer();
    const { driver, operations } = driverOf(
      [flowOf([connect, send("hi"), expectText("hi"), close])],
      server.url,
    );
    const tally = await driver.runBatch(batchOf(50, 10));
    await driver.close();
    expect(tally).toMatchObject({ landed: 50, failed: 0, aborted: 0 });
    expect(operations).toHaveLength(50);
    expect(driver.landed).toBe(50);
    expect(driver.openSessions).toBe(0);
  });
});
