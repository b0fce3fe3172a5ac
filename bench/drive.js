// Row 3: connect → echo → close through the driver, against a bare ws loop. Each loop has a process of its own,
// since in one process each would run on what the engine has learned from the other.
import { ask, end, freePort, listening, median, start } from "./lib.js";

const rounds = 25;
/** Rounds that only warm both up. */
const warmUp = 5;

export async function driveRows() {
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
  return [
    { work: "connect → echo → close, against a bare ws loop", value: median(ratios), limit: 1.1, unit: "×" },
  ];
}
