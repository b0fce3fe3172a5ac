import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type AttachedTarget, attach } from "../../src/target/attach.js";
import type { Attachment } from "../../src/target/attachment.js";
import { introduce } from "../../src/target/introduce.js";
import { wallClock } from "../../src/cli/wall-clock.js";
import { fixture } from "./launching.js";
import { addProcess, madeProc } from "./made-proc.js";

const children: ChildProcess[] = [];
const targets: AttachedTarget[] = [];
const roots: string[] = [];
const plain = { fds: false, memory: false, sockets: false } as const;

afterEach(async () => {
  for (const target of targets.splice(0)) await target.stop({ signal: "SIGTERM", withinMs: 0 });
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

async function server(): Promise<{ child: ChildProcess; pid: number; port: number }> {
  const child = spawn(process.execPath, [fixture("listen-with-helper.mjs"), "0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  const [port] = await once(child.stdout ?? child, "data");
  return { child, pid: child.pid ?? 0, port: Number(port) };
}

async function attached(to: Attachment, procRoot = "/proc", self = process.pid): Promise<AttachedTarget> {
  const target = await attach({ to, clock: wallClock, procRoot, self, helpers: false });
  targets.push(target);
  return target;
}

describe("attached to a server", () => {
  it("by its pid or its port, it is the tree of the process", async () => {
    const { pid, port } = await server();
    for (const to of [{ kind: "pid", pid } as const, { kind: "port", port } as const]) {
      const target = await attached(to);
      expect(target.pid).toBe(pid);
      expect(target.alive).toBe(true);
      const names = target.sample(plain).processes.map(({ name }) => name);
      expect(names).toContain("sleep");
      expect(names).toHaveLength(2);
      expect(target.glance().processes).toBe(2);
    }
  });

  it("tells of it with the port and the limit", async () => {
    const { pid, port } = await server();
    const watched = introduce(await attached({ kind: "pid", pid }), "/proc");
    expect(watched).toMatchObject({ pid, processes: 2, ports: [port], uid: process.getuid?.() });
    expect(watched.unreadable).toEqual({ processes: 0, uids: [] });
    expect(watched.command).toContain("listen-with-helper.mjs");
    expect(watched.fds).toBeGreaterThan(3);
    expect(watched.ageMs).toBeGreaterThanOrEqual(0);
  });

  it("measures processor time between two looks, and memory as the kernel counts it", async () => {
    const { pid } = await server();
    const target = await attached({ kind: "pid", pid });
    const first = await target.usage();
    await wallClock.sleep(60);
    const second = await target.usage();
    expect(first.cpuPercent).toBeUndefined();
    expect(second.cpuPercent).toBeGreaterThanOrEqual(0);
    const held = target
      .sample({ ...plain, memory: true })
      .processes.map(({ memory }) => memory?.rssBytes ?? 0);
    const rss = held.reduce((sum, bytes) => sum + bytes, 0);
    expect((second.rssBytes ?? 0) / rss).toBeGreaterThan(0.8);
    expect((second.rssBytes ?? 0) / rss).toBeLessThan(1.2);
  });

  it("lets go of it: stop sends nothing", async () => {
    const { child, pid } = await server();
    const target = await attached({ kind: "pid", pid });
    const report = await target.stop({ signal: "SIGTERM", withinMs: 0 });
    expect(report).toMatchObject({ graceful: true, survivors: [], unkillable: [] });
    await wallClock.sleep(100);
    expect(child.exitCode).toBeNull();
    expect(child.signalCode).toBeNull();
  });

  it("is told when it ends", async () => {
    const { child, pid } = await server();
    const target = await attached({ kind: "pid", pid });
    child.kill("SIGTERM");
    expect(await target.exited).toMatchObject({ code: null, signal: null });
    expect(target.alive).toBe(false);
  });
});

describe("identity", () => {
  const made = { pid: 100, rssKb: 9, cmdline: "server\0" };
  const root = (): string => {
    const procRoot = madeProc({ pid: 90, rssKb: 9, cmdline: "tool\0" }, made, {
      ...made,
      pid: 101,
      ppid: 100,
    });
    roots.push(procRoot);
    return procRoot;
  };

  it("is pid and start time: a pid that went to another process is not the target", async () => {
    const procRoot = root();
    const target = await attached({ kind: "pid", pid: 100 }, procRoot, 90);
    expect(target.sample(plain).processes.map(({ pid }) => pid)).toEqual([100, 101]);
    addProcess(procRoot, { ...made, startTicks: 5000, cmdline: "stranger\0" });
    expect(target.alive).toBe(false);
    expect(target.sample(plain).processes.map(({ pid }) => pid)).toEqual([101]);
    await target.exited;
  });

  it("follows what is started later, and an orphan that was seen before", async () => {
    const procRoot = root();
    const target = await attached({ kind: "pid", pid: 100 }, procRoot, 90);
    addProcess(procRoot, { ...made, pid: 102, ppid: 101 });
    expect(target.members().map(({ pid }) => pid)).toEqual([100, 101, 102]);
    addProcess(procRoot, { ...made, pid: 102, ppid: 1 });
    addProcess(procRoot, { ...made, pid: 103, ppid: 1 });
    // Each made process leads a session of its own, so that only being known speaks for 102.
    expect(target.members().map(({ pid }) => pid)).toEqual([100, 101, 102]);
  });
});
