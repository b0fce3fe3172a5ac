import { spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import { fileURLToPath } from "node:url";

/** Path of a fixture program. */
export function fixture(name) {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** Starts a fixture under Node with the soft fd limit raised, and gives it back when it is up. */
export function start(name, ...args) {
  const script = 'ulimit -n "$(ulimit -H -n)" 2>/dev/null; exec "$@"';
  const words = ["-c", script, "sh", process.execPath, fixture(name), ...args.map(String)];
  return spawn("sh", words, { stdio: ["pipe", "pipe", "inherit"] });
}

/** Sends a line to a fixture and gives the number that it answers. */
export async function ask(child) {
  const answer = once(child.stdout, "data");
  child.stdin.write("?\n");
  const [text] = await answer;
  return Number(String(text).trim());
}

export async function end(child) {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

export async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export async function listening(port) {
  for (let i = 0; i < 500; i++) {
    const open = await new Promise((resolve) => {
      const socket = createConnection({ port, host: "127.0.0.1" });
      socket.on("connect", () => resolve(true) ?? socket.destroy());
      socket.on("error", () => resolve(false));
    });
    if (open) return;
    await pause(20);
  }
  throw new Error(`nothing listens on ${port}`);
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export const clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms) => pause(ms),
};
