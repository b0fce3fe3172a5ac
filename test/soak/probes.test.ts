import { copyFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Probes } from "../../src/model/scenario.js";
import type { ProbeSample, Snapshot } from "../../src/model/snapshot.js";
import { type Attached, attachProbes } from "../../src/soak/probes.js";
import { takeSnapshot } from "../../src/soak/snapshot.js";
import { launch } from "../../src/target/launch.js";
import type { Target } from "../../src/target/target.js";
import { clock, never } from "../probe/fixtures.js";
import { Launching, until } from "../target/launching.js";
import { noMarks } from "./fakes.js";

const launching = new Launching();
const attached: Attached[] = [];
const targets: Target[] = [];

afterEach(async () => {
  for (const { probes } of attached.splice(0)) await Promise.all(probes.map((probe) => probe.close()));
  for (const target of targets.splice(0)) await target.stop({ signal: "SIGTERM", withinMs: 500 });
  await launching.undo();
});

interface Rig extends Attached {
  readonly target: Target;
  readonly port: number;
  look(): Promise<Snapshot>;
  get(path: string): Promise<string>;
}

const off: Probes = { node: "off", prometheus: undefined, go: "off", threads: "off" };
const auto: Probes = { ...off, node: "auto" };

async function rigOf(words: (port: number) => string[], wanted: Probes, how?: "port"): Promise<Rig> {
  const options = await launching.options({ words: [], ...(how && { how: { kind: how } }) });
  const command = words(options.port);
  const target = await launch({ ...options, spec: { ...options.spec, command }, words: command });
  targets.push(target);
  const { port } = options;
  const found = await attachProbes({ target, wanted, port, clock, procRoot: "/proc" });
  attached.push(found);
  const moment = { phase: "baseline", batch: 0, operations: 0, quiet: true } as const;
  return {
    ...found,
    target,
    port,
    look: () => takeSnapshot({ ...found, target, marks: noMarks, clock, signal: never }, moment),
    get: async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
  };
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

const cluster = (port: number): string[] => [process.execPath, fixture("soak/cluster.mjs"), String(port)];
const sampleOf = ({ probes }: Snapshot, pid: number): ProbeSample | undefined =>
  probes.find((sample) => sample.pid === pid);

describe("a cluster of Node processes", () => {
  it("is looked into in each of them, a worker that was restarted too, and none that came with the load", async () => {
    const rig = await rigOf(cluster, auto);
    expect(rig.gaps).toEqual([]);
    await until(
      () => rig.target.sample({ fds: false, memory: false, sockets: false }).processes.length === 3,
    );
    const before = await rig.look();
    expect(before.probes.map(({ probe, gaps }) => [probe, gaps])).toEqual([
      ["node", []],
      ["node", []],
      ["node", []],
    ]);

    const pid = Number(await rig.get("/hold/5"));
    const holding = await rig.look();
    expect(sampleOf(holding, pid)?.tasks).toBe((sampleOf(before, pid)?.tasks ?? 0) + 5);

    const gone = Number(await rig.get("/die"));
    const pids = (): number[] =>
      rig.target.sample({ fds: true, memory: false, sockets: false }).processes.map((entry) => entry.pid);
    await until(() => pids().length === 3 && !pids().includes(gone));
    await rig.get("/late");
    await until(() => pids().length === 4);
    // The restarted one may have only just begun to catch the signal.
    let after = await rig.look();
    for (let look = 0; look < 200 && after.probes.some(({ gaps }) => gaps.length > 0); look++) {
      await clock.sleep(50);
      after = await rig.look();
    }
    expect(after.probes.map(({ gaps }) => gaps)).toEqual([[], [], []]);
    expect(sampleOf(after, gone)).toBeUndefined();
    expect(after.processes).toHaveLength(4);
  }, 30_000);
});

const server = `require("node:net").createServer().listen(process.argv[1], "127.0.0.1")`;

describe("a Node target that cannot be looked into", () => {
  it("has its own words told where the port of its inspector is taken, and runs on", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const inspector = typeof address === "object" ? `127.0.0.1:${address?.port}` : "";
    const words = (port: number): string[] => [
      process.execPath,
      `--inspect-port=${inspector}`,
      "-e",
      server,
      String(port),
    ];
    const rig = await rigOf(words, auto, "port");
    taken.close();
    expect(rig.probes).toEqual([]);
    expect(rig.gaps.map(({ why }) => why)).toEqual([
      expect.stringContaining(
        `It printed: Starting inspector on ${inspector} failed: address already in use`,
      ),
    ]);
    expect(rig.target.alive).toBe(true);
  }, 20_000);

  it("is told of where something else listens, and no child of it is looked into", async () => {
    const words = (port: number): string[] => ["sh", fixture("soak/listen-with-child.sh"), String(port)];
    const rig = await rigOf(words, auto, "port");
    expect(rig.probes).toEqual([]);
    expect(rig.gaps.map(({ why }) => why)).toEqual([expect.stringContaining("is not Node")]);
  });
});

describe("a child that is called node and is none", () => {
  it("is never signalled", async () => {
    const name = join(launching.folder(), "node");
    copyFileSync("/bin/sleep", name);
    const words = (port: number): string[] => [
      "sh",
      "-c",
      `${name} 600 & exec ${process.execPath} -e '${server}' ${port}`,
    ];
    const rig = await rigOf(words, auto, "port");
    expect(rig.gaps).toEqual([]);
    expect(rig.probes).toHaveLength(1);
    const { processes } = await rig.look();
    expect(processes.find(({ command }) => command.startsWith(name))?.state).toBe("S");
  });
});

describe("command probes", () => {
  const words = (port: number): string[] => ["sh", "-c", `${process.execPath} -e '${server}' ${port}; exit`];

  it("are given the listener's pid and port, and are no part of the target", async () => {
    const stats = { name: "stats", command: ["echo", '{"pid": {pid}, "port": {port}}'], withinMs: 5000 };
    const members = {
      name: "fds",
      command: ["sh", "-c", "echo fds $(ls /proc/{pid}/fd | wc -l); sleep 0.3"],
      withinMs: 5000,
    };
    const rig = await rigOf(words, { ...off, commands: [stats, members] }, "port");
    const looking = rig.look();
    const seen = new Set<number>();
    const sweeping = setInterval(() => {
      for (const { pid } of rig.target.sweep()) seen.add(pid);
    }, 20);
    const snapshot = await looking;
    clearInterval(sweeping);
    const listener = snapshot.processes.find(({ command }) => command.startsWith(process.execPath));
    expect(seen).toEqual(new Set(snapshot.processes.map(({ pid }) => pid)));
    expect(snapshot.probes[0]).toEqual({
      probe: "stats",
      pid: listener?.pid,
      values: { pid: listener?.pid, port: rig.port },
      gaps: [],
    });
    // The server may yet be closing the connection that found it ready.
    const heldBy = ({ processes }: Snapshot): number | undefined =>
      processes.find(({ pid }) => pid === listener?.pid)?.fdCount;
    let settled = snapshot;
    for (let look = 0; look < 20 && settled.probes[1]?.fds !== heldBy(settled); look++)
      settled = await rig.look();
    expect(settled.probes[1]).toMatchObject({ pid: listener?.pid, fds: heldBy(settled) });
  });

  it("of the target as a whole are of no process, and lose their series where nobody listens", async () => {
    const whole = { name: "whole", command: ["echo", "tasks", "3"], withinMs: 5000 };
    const own = { name: "own", command: ["echo", "{pid}", "3"], withinMs: 5000 };
    const rig = await rigOf(words, { ...off, commands: [whole, own] }, "port");
    expect((await rig.look()).probes[0]).toEqual({ probe: "whole", tasks: 3, gaps: [] });
    await rig.target.stop({ signal: "SIGTERM", withinMs: 0 });
    const [, lost] = (await rig.look()).probes;
    expect(lost?.gaps[0]?.why).toBe(`no process of the target's listens on port ${rig.port}`);
  });
});
