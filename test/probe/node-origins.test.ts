import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { OriginGroup } from "../../src/model/origin.js";
import type { ProbeSample } from "../../src/model/snapshot.js";
import { attachNode } from "../../src/probe/node-inspector.js";
import type { Probe } from "../../src/probe/probe.js";
import { preload } from "../trace/traced.js";
import { clock, end, endAll, listeningPorts, never, start, tell, until } from "./fixtures.js";

const probes: Probe[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(probes.splice(0).map((probe) => probe.close()));
  await Promise.all(children.splice(0).map(end));
  await endAll();
});

const NODE_OPTIONS = `--import ${preload} --inspect-port=127.0.0.1:0`;

async function attach(child: ChildProcess, memory: boolean): Promise<Probe> {
  const pid = child.pid ?? 0;
  const listeners = (): Promise<number[]> => Promise.resolve(listeningPorts(pid));
  const options = { pid, listeners, catchesSigusr1: true, executable: process.execPath, clock };
  const probe = await attachNode({ ...options, trace: { memory } });
  if (!("sample" in probe)) throw new Error(probe.why);
  probes.push(probe);
  return probe;
}

function look(probe: Probe): Promise<ProbeSample> {
  return probe.sample({ collect: true, origins: true, signal: never });
}

function through(sample: ProbeSample, file: string): readonly OriginGroup[] {
  return (sample.origins ?? []).filter(({ stack }) => stack.some((frame) => frame.file.endsWith(file)));
}

describe("a Node target with the preload", () => {
  it("says where its timers were made", async () => {
    const child = await start("holds-on-demand.mjs", { NODE_OPTIONS });
    const probe = await attach(child, false);
    await tell(child, "timers 25");
    const holding = await look(probe);
    expect(holding.gaps).toEqual([]);
    expect(through(holding, "/holds-on-demand.mjs")).toContainEqual(
      expect.objectContaining({ kind: "task", type: "Timeout", count: 25 }),
    );
    await tell(child, "drop");
    const dropped = through(await look(probe), "/holds-on-demand.mjs");
    expect(dropped.filter(({ type }) => type === "Timeout")).toEqual([]);
  });

  it("says what holds the memory that came, and nothing of what went", async () => {
    const child = await start("holds-on-demand.mjs", { NODE_OPTIONS });
    const probe = await attach(child, true);
    await look(probe);
    await tell(child, "garbage 3000000");
    await tell(child, "buffers 2000000");
    await tell(child, "objects 20000");
    const { origins, gaps } = await look(probe);
    expect(gaps).toEqual([]);
    const held = (origins ?? []).filter(({ retainedBy }) => retainedBy?.startsWith("held of "));
    expect(held).toContainEqual(expect.objectContaining({ type: "Buffer", count: 1 }));
    expect(held.find(({ type }) => type === "Buffer")?.bytes).toBeGreaterThanOrEqual(2_000_000);
    const objects = held.find(({ type }) => type !== "Buffer" && type !== "Array");
    expect(objects).toMatchObject({
      retainedBy: expect.stringMatching(/^held of timers \(.*holds-on-demand\.mjs:\d+\) → Array → /),
    });
    expect(objects?.count).toBeGreaterThan(18_000);
    const noted = through({ probe: "node", origins, gaps }, "/holds-on-demand.mjs");
    expect(noted.filter(({ type, retainedBy }) => type === "Buffer" && !retainedBy)).toMatchObject([
      { count: 1, bytes: 2_000_000 },
    ]);
  });

  it("is not asked where it has no preload: a gap, and the sample as ever", async () => {
    const probe = await attach(await start("holds-on-demand.mjs"), false);
    const sample = await look(probe);
    expect(sample.tasks).toBeGreaterThan(0);
    expect(sample.origins).toEqual([]);
    expect(sample.gaps).toMatchObject([{ what: "creation sites", why: expect.stringContaining("preload") }]);
  });

  it("leads back to the TypeScript that it was compiled from", async () => {
    const plant = "src/gateway/plants/memory.ts";
    const gateway = await startGateway("memory");
    const probe = await attach(gateway.child, false);
    for (let session = 0; session < 3; session++) await connectOnce(gateway.port);
    const line = readFileSync(plant, "utf8")
      .split("\n")
      .findIndex((text) => text.includes("push(randomBytes"));
    const [group] = through(await look(probe), plant);
    expect(group).toMatchObject({ kind: "memory", type: "Buffer", count: 3, bytes: 3 * 256 * 1024 });
    expect(group?.stack[0]).toMatchObject({ line: line + 1 });
  });
});

/** The built reference gateway with a leak in it. */
async function startGateway(plant: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const program = fileURLToPath(new URL("../../bin/watertight.js", import.meta.url));
  const child = spawn(process.execPath, [program, "gateway", "--port", "0", "--plant", plant], {
    stdio: ["ignore", "ignore", "ignore"],
    env: { PATH: process.env["PATH"], NODE_OPTIONS },
  });
  children.push(child);
  await until(() => listeningPorts(child.pid ?? 0).length === 1);
  return { child, port: listeningPorts(child.pid ?? 0)[0] ?? 0 };
}

function connectOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    socket.once("message", () => socket.close());
    socket.once("close", () => resolve());
    socket.once("error", reject);
  });
}
