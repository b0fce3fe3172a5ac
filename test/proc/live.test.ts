import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { spawn as spawnPty } from "@lydell/node-pty";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Gap, valueOf } from "../../src/model/reading.js";
import { type FdEntry, fdKey, type ProcessEntry, ptyHolds } from "../../src/model/resource.js";
import { readCgroup } from "../../src/proc/cgroup.js";
import { readProcess, sampleTree } from "../../src/proc/entry.js";
import { environHas, readEnviron } from "../../src/proc/environ.js";
import { countFds } from "../../src/proc/fd-count.js";
import { readMountinfo } from "../../src/proc/mountinfo.js";
import { listPids } from "../../src/proc/pids.js";
import { type ProcStat, readStat } from "../../src/proc/stat.js";
import { catchesSignal, readStatus } from "../../src/proc/status.js";
import { readPtyCount } from "../../src/proc/system.js";
import { descendants, orphans, zombies } from "../../src/proc/tree.js";

const root = "/proc";
const all = { fds: true, memory: true, sockets: true };
const generous = { timeout: 10_000, interval: 10 };

const children: ChildProcess[] = [];
const cleanups: (() => void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  for (const child of children.splice(0)) await end(child);
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

function start(script: string, env: Record<string, string> = {}): number {
  const child = spawn("sh", ["-c", script], { stdio: "ignore", env: { ...process.env, ...env } });
  children.push(child);
  if (child.pid === undefined) throw new Error(`cannot start sh -c '${script}'`);
  return child.pid;
}

/** This process as the reader sees it. */
function self(): ProcessEntry {
  const { entry, gaps } = readProcess(root, process.pid, all);
  expect(gaps).toEqual([]);
  if (!entry) throw new Error("no entry for this process");
  return entry;
}

/** What is open now and was not open before. */
function opened(before: ProcessEntry): FdEntry[] {
  const keys = new Set(before.fds?.map((fd) => fdKey(before, fd)));
  const now = self();
  return (now.fds ?? []).filter((fd) => !keys.has(fdKey(now, fd)));
}

function below(pid: number): ProcStat[] {
  const stats = (valueOf(listPids(root)) ?? []).flatMap((each) => valueOf(readStat(root, each)) ?? []);
  return descendants(
    stats,
    stats.filter((stat) => stat.pid === pid),
  );
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen");
  return address.port;
}

/** A server and a client that are connected, both in this process. */
async function connection(): Promise<{ server: Server; client: Socket }> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect({ port: portOf(server), host: "127.0.0.1" });
  const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
  await once(client, "connect");
  const ours = await accepted;
  cleanups.push(() => {
    client.destroy();
    ours.destroy();
    server.close();
  });
  return { server, client };
}

describe("the fds of this process", () => {
  it("are exactly the hundred files that it opened", () => {
    const before = self();
    const fds = Array.from({ length: 100 }, () => openSync("/dev/null", "r"));
    cleanups.push(() => fds.splice(0).forEach((fd) => closeSync(fd)));
    expect(opened(before)).toEqual(fds.map((fd) => ({ fd, target: "/dev/null", inode: 0 })));
    expect(valueOf(countFds(root, process.pid))).toBe((before.fdCount ?? Number.NaN) + 100);
    for (const fd of fds.splice(0)) closeSync(fd);
    expect(opened(before)).toEqual([]);
    expect(valueOf(countFds(root, process.pid))).toBe(before.fdCount);
  });

  it("are the three sockets of a connection, with their states and ports", async () => {
    const before = self();
    const { server, client } = await connection();
    const port = portOf(server);
    const local = `127.0.0.1:${client.localPort}`;
    const sockets = opened(before).flatMap((fd) => (fd.socket ? [fd.socket] : []));
    expect(new Set(sockets.map(({ state, local, peer }) => `${state} ${local} ${peer}`))).toEqual(
      new Set([
        `LISTEN 127.0.0.1:${port} 0.0.0.0:0`,
        `ESTABLISHED ${local} 127.0.0.1:${port}`,
        `ESTABLISHED 127.0.0.1:${port} ${local}`,
      ]),
    );
    expect(sockets).toHaveLength(3);
  });

  it("show a peer that has hung up as CLOSE_WAIT, and one that has not as ESTABLISHED", async () => {
    const { client } = await connection();
    const states = (): string[] => (self().fds ?? []).flatMap((fd) => fd.socket?.state ?? []);
    expect(states()).not.toContain("CLOSE_WAIT");
    client.end();
    await vi.waitFor(() => expect(states()).toContain("CLOSE_WAIT"), generous);
  });

  it("are the master of a PTY whose slave its child holds", async () => {
    const before = self();
    const pty = spawnPty("sleep", ["1000"], {});
    const exited = new Promise((resolve) => pty.onExit(resolve));
    try {
      const [master] = opened(before).filter((fd) => fd.target.endsWith("/ptmx"));
      expect(master?.ptsNumber).toBeTypeOf("number");
      expect(valueOf(readPtyCount(root))).toBeGreaterThan(0);
      await vi.waitFor(() => {
        const { processes, gaps } = sampleTree(root, [process.pid, pty.pid], all);
        const holds = ptyHolds(processes).filter((hold) => hold.ptsNumber === master?.ptsNumber);
        const sides = holds.map(({ side, holder }) => `${side} ${holder.pid}`);
        expect(new Set(sides)).toEqual(new Set([`master ${process.pid}`, `slave ${pty.pid}`]));
        expect(gaps).toEqual([]);
      }, generous);
    } finally {
      pty.kill("SIGKILL");
      await exited;
    }
    await vi.waitFor(() => expect(ptyHolds([self()])).toEqual(ptyHolds([before])), generous);
  });
});

describe("the processes below this one", () => {
  it("show a child that nobody waits for as a zombie, and one that is waited for not", async () => {
    const careless = start("sleep 0.01 & exec sleep 1000");
    const careful = start("sleep 0.01 & wait; exec sleep 1000");
    await vi.waitFor(() => expect(zombies(below(careless))).toHaveLength(1), generous);
    await vi.waitFor(() => expect(valueOf(readStat(root, careful))?.name).toBe("sleep"), generous);
    expect(below(careful)).toEqual([]);
    const [zombie] = zombies(below(careless));
    const { entry, gaps } = readProcess(root, zombie?.pid ?? Number.NaN, all);
    expect(entry).toMatchObject({ state: "Z", ppid: careless, fds: [], fdCount: 0, command: "" });
    expect(gaps).toEqual([]);
  });

  it("show one whose parent ended as an orphan", async () => {
    const parent = start("sleep 1000 & wait");
    await vi.waitFor(() => expect(below(parent).map(({ name }) => name)).toEqual(["sleep"]), generous);
    const members = below(parent);
    const orphan = members[0]?.pid ?? Number.NaN;
    cleanups.push(() => process.kill(orphan, "SIGKILL"));
    const look = (): number[] => {
      const stats = [parent, orphan].flatMap((pid) => valueOf(readStat(root, pid)) ?? []);
      return orphans(
        stats,
        [...members, ...stats],
        stats.filter((stat) => stat.pid === parent),
      ).map(({ pid }) => pid);
    };
    expect(look()).toEqual([]);
    process.kill(parent, "SIGKILL");
    await vi.waitFor(() => expect(look()).toEqual([orphan]), generous);
  });

  it("come and go without leaving a gap", async () => {
    const pid = start(
      "i=0; while [ $i -lt 200 ]; do sleep 0.0$((i % 3)) & sleep 0.005; i=$((i+1)); done; wait; exec tail -f /dev/null",
    );
    const gaps: Gap[] = [];
    const seen = new Set<number>();
    for (let name = ""; name !== "tail"; name = valueOf(readStat(root, pid))?.name ?? "") {
      const sample = sampleTree(root, [pid, ...below(pid)], all);
      for (const process of sample.processes) seen.add(process.pid);
      gaps.push(...sample.gaps);
      await delay(0);
    }
    expect(gaps).toEqual([]);
    expect(seen.size).toBeGreaterThan(10);
  });
});

describe("what a process was given", () => {
  it("shows in its environment, cgroup and mounts", async () => {
    const pid = start("exec sleep 1000", { WATERTIGHT_TEST: "live" });
    await vi.waitFor(() => expect(valueOf(readStat(root, pid))?.name).toBe("sleep"), generous);
    expect(environHas(root, pid, "WATERTIGHT_TEST=live")).toBe(true);
    expect(environHas(root, pid, "WATERTIGHT_TEST=liv")).toBe(false);
    expect(valueOf(readEnviron(root, pid))?.get("WATERTIGHT_TEST")).toBe("live");
    expect(readCgroup(root, pid).ok).toBe(true);
    expect(valueOf(readMountinfo(root, pid))?.some((mount) => mount.type === "proc")).toBe(true);
  });

  it("shows which signals it has handlers for", () => {
    const catches = (signal: number): boolean => {
      const status = valueOf(readStatus(root, process.pid));
      if (!status) throw new Error("no status of this process");
      return catchesSignal(status, signal);
    };
    const handler = (): void => {};
    expect(catches(12)).toBe(false);
    process.on("SIGUSR2", handler);
    expect(catches(12)).toBe(true);
    process.off("SIGUSR2", handler);
    expect(catches(12)).toBe(false);
  });
});
