// Connect → echo → close through the driver, against a bare ws loop: each loop has a process of its own, since in one
// process each would run on what the engine has learned from the other. And the memory of many open sessions.
import { ask, end, freePort, listening, median, start } from "./lib.js";

const rounds = 25;
/** Rounds that only warm both up. */
const warmUp = 5;

const heldSessions = 5000;

export async function driveRows() {
  return [await speed(), await memory()];
}

async function speed() {
  const port = await freePort();
  const server = start("echo-server.js", port);
  await listening(port);
  const [driver, bare] = ["driver", "bare"].map((loop) => start("rounds.js", loop, `ws://127.0.0.1:${port}`));
  const ratios = [];
  for (let i = 0; i < rounds + warmUp; i++) {
    const ratio = (await ask(driver)) / (await ask(bare));
    if (i >= warmUp) ratios.push(ratio);
  }
  for (const child of [driver, bare, server]) await end(child);
  return {
    work: "connect → echo → close, against a bare ws loop",
    value: median(ratios),
    limit: 1.1,
    unit: "×",
  };
}

async function memory() {
  const [port, tcpPort] = [await freePort(), await freePort()];
  const server = start("mixed-server.js", port, tcpPort);
  await listening(port);
  await listening(tcpPort);
  const holder = start("holds-sessions.js", port, tcpPort, heldSessions);
  const rssBytes = await ask(holder);
  for (const child of [holder, server]) await end(child);
  const work = `${heldSessions} open sessions of WebSocket, events and TCP: resident set`;
  return { work, value: rssBytes / 1e6, limit: 300, unit: " MB" };
}
