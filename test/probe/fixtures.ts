import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../src/model/clock.js";

export const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done);
    }),
};

export const never: AbortSignal = new AbortController().signal;

const running = new Set<ChildProcess>();

/** A Node program of test/fixtures/probe, once it has said that it is ready. */
export async function start(name: string, env: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(`../fixtures/probe/${name}`, import.meta.url));
  const child = spawn(process.execPath, [path], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { PATH: process.env["PATH"], NODE_OPTIONS: "--debug_port=127.0.0.1:0", ...env },
  });
  running.add(child);
  await said(child, "ready");
  return child;
}

/** Has a fixture do something, and waits until it has. */
export async function tell(child: ChildProcess, word: string): Promise<void> {
  child.stdin?.write(`${word}\n`);
  await said(child, "done");
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onData = (data: Buffer): void => {
      if (!data.toString().includes(word)) return;
      child.stdout?.off("data", onData);
      resolve();
    };
    child.stdout?.on("data", onData);
    child.once("exit", () => reject(new Error(`the fixture ended before it said ${word}`)));
  });
}

export async function end(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

export async function endAll(): Promise<void> {
  await Promise.all([...running].map(end));
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 1000; look++) {
    if (await condition()) return;
    await clock.sleep(10);
  }
  throw new Error("the condition did not come true in 10 s");
}

/** The TCP ports that a process listens on: its socket inodes looked up in net/tcp, state 0A = LISTEN. */
export function listeningPorts(pid: number): number[] {
  const inodes = new Set(fdTargets(pid).map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1]));
  const lines = readFileSync(`/proc/${pid}/net/tcp`, "utf8").trim().split("\n").slice(1);
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const port = Number.parseInt(fields[1]?.split(":")[1] ?? "", 16);
    return fields[3] === "0A" && inodes.has(fields[9]) ? [port] : [];
  });
}

export function fdTargets(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}
