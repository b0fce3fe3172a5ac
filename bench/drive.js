// Row 3: connect → echo → close through the driver, against a bare ws loop.
import { WebSocket } from "ws";
import { Driver } from "../dist/drive/driver.js";
import { clock, end, freePort, listening, median, start } from "./lib.js";

const sessions = 1000;
const concurrency = 25;
const rounds = 15;

async function bareLoop(url) {
  let left = sessions;
  const one = () =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on("open", () => socket.send("hello"));
      socket.on("message", () => socket.close());
      socket.on("close", resolve);
    });
  const worker = async () => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const steps = [
  { kind: "connect", path: "/", headers: {}, withinMs: 5000 },
  { kind: "send", data: "hello" },
  { kind: "expect", match: { kind: "text", text: "hello" }, withinMs: 5000 },
  { kind: "close", code: 1000, withinMs: 5000 },
];

async function timed(work) {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

export async function driveRows() {
  const port = await freePort();
  const server = start("echo-server.js", port);
  await listening(port);
  const url = `ws://127.0.0.1:${port}`;
  const flows = [{ name: "echo", weight: 1, steps }];
  const driver = new Driver({ flows, url, values: {}, clock, seed: 1, onOperation: () => undefined });
  const batch = {
    number: 1,
    operations: sessions,
    concurrency,
    rampMs: 0,
    signal: new AbortController().signal,
  };
  const ratios = [];
  for (let i = 0; i < rounds + 3; i++) {
    const ours = await timed(() => driver.runBatch(batch));
    const bare = await timed(() => bareLoop(url));
    // The first rounds warm both up.
    if (i >= 3) ratios.push(ours / bare);
  }
  await driver.close();
  await end(server);
  return [
    { work: "connect → echo → close, against a bare ws loop", value: median(ratios), limit: 1.1, unit: "×" },
  ];
}
