import { existsSync, readFileSync, statSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { isZombie } from "../../src/model/resource.js";
import { runCgroupPath } from "../../src/target/own-cgroup.js";
import { cgroupPossible, Launching, pidsNaming, textOf, until, words } from "./launching.js";

const launching = new Launching();
afterEach(() => launching.undo());

const graceful = { signal: "SIGTERM", withinMs: 20_000 } as const;
const follows = [["cgroup", {}] as const, ["marker", { follow: "marker" }] as const].filter(
  ([name]) => name === "marker" || cgroupPossible,
);

describe.each(follows)("followed by %s", (name, follow) => {
  test("says so", async () => {
    const target = await launching.start({ words: words("fork-workers.sh", "1") }, follow);
    expect(target.follow).toBe(name);
  });

  test("all workers are members, and a clean stop leaves nobody", async () => {
    const target = await launching.start({ words: words("fork-workers.sh", "5") }, follow);
    expect(target.members()).toHaveLength(6);
    const report = await target.stop(graceful);
    expect(report).toMatchObject({
      graceful: true,
      exitCode: 0,
      signal: null,
      survivors: [],
      unkillable: [],
    });
    expect(report.gaps).toEqual([]);
    expect(target.alive).toBe(false);
    expect(target.members()).toEqual([]);
  });

  test("workers that outlive the main process are survivors by name, and are killed", async () => {
    const target = await launching.start({ words: words("fork-workers.sh", "3") }, follow);
    const report = await target.stop({ signal: "SIGINT", withinMs: 500 });
    expect(report).toMatchObject({ graceful: false, exitCode: 0, unkillable: [] });
    expect(report.survivors.map((entry) => entry.command)).toEqual(["sleep 60", "sleep 60", "sleep 60"]);
    await until(() => report.survivors.every((entry) => !existsSync(`/proc/${entry.pid}`)));
  });

  test("a main process that ignores the signal survives it, and is killed", async () => {
    const target = await launching.start({ words: words("ignore-sigterm.sh") }, follow);
    const report = await target.stop({ signal: "SIGTERM", withinMs: 300 });
    expect(report).toMatchObject({ graceful: false, exitCode: null, signal: "SIGKILL", unkillable: [] });
    expect(report.survivors).toHaveLength(2);
    expect(report.tookMs).toBeGreaterThanOrEqual(300);
  });

  test("a daemon that hid behind a session and an empty environment is found", async () => {
    const daemon = `daemon-${process.pid}-${name}`;
    const target = await launching.start({ words: words("daemonise.sh", daemon, "0.5") }, follow);
    // Its parents are gone by now; it alone has the name.
    await until(() => pidsNaming(daemon).length === 1);
    const report = await target.stop({ signal: "SIGTERM", withinMs: 300 });
    expect(report.survivors.some((entry) => entry.command.includes(daemon))).toBe(true);
    expect(pidsNaming(daemon)).toEqual([]);
  });

  test("a zombie is a member, and no survivor", async () => {
    const target = await launching.start({ words: words("leave-zombie.sh") }, follow);
    const look = () => target.sample({ fds: false, memory: false, sockets: false }).processes;
    await until(() => look().some(isZombie));
    expect(look()).toHaveLength(2);
    const report = await target.stop(graceful);
    expect(report).toMatchObject({ graceful: true, exitCode: null, signal: "SIGTERM", survivors: [] });
  });

  test("a main process that died before leaves its children to the stop", async () => {
    const target = await launching.start({ words: words("fork-workers.sh", "2") }, follow);
    process.kill(target.pid, "SIGKILL");
    expect(await target.exited).toMatchObject({ code: null, signal: "SIGKILL" });
    const report = await target.stop({ signal: "SIGTERM", withinMs: 100 });
    expect(report).toMatchObject({ graceful: false, signal: "SIGKILL" });
    expect(report.survivors).toHaveLength(2);
  });
});

test("the keeper and the cgroup are gone after the stop", async () => {
  const options = await launching.options({ words: words("fork-workers.sh", "1") });
  const target = await launching.start({ words: options.words }, options);
  const path = runCgroupPath("/proc", options.runId);
  expect(path !== undefined && existsSync(path)).toBe(cgroupPossible);
  const keepers = keepersOf(process.pid);
  expect(keepers).toHaveLength(1);
  await target.stop(graceful);
  expect(keepersOf(process.pid)).toEqual([]);
  expect(path !== undefined && existsSync(path)).toBe(false);
});

test("the keeper is in a session of its own, without the marker, and deaf to polite signals", async () => {
  const target = await launching.start({ words: words("fork-workers.sh", "1") });
  const [keeper = 0] = keepersOf(process.pid);
  await until(() => (Number.parseInt(signalsCaught(keeper), 16) & 0x4003) === 0x4003);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(keeper, signal);
  expect(textOf(`/proc/${keeper}/environ`)).not.toContain("WATERTIGHT_RUN");
  const fields = textOf(`/proc/${keeper}/stat`).split(") ")[1]?.split(" ") ?? [];
  expect(Number(fields[3])).toBe(keeper);
  expect(target.members().map(({ pid }) => pid)).not.toContain(keeper);
  const report = await target.stop(graceful);
  expect(report.graceful).toBe(true);
});

test("a second stop gets the report of the first", async () => {
  const target = await launching.start({ words: words("fork-workers.sh", "1") });
  const [first, second] = await Promise.all([target.stop(graceful), target.stop(graceful)]);
  expect(second).toBe(first);
});

test("exited tells how the main process died, and the target is not alive then", async () => {
  const target = await launching.start({ words: words("die-later.sh") });
  expect(target.alive).toBe(true);
  process.kill(target.pid, "SIGUSR1");
  expect(await target.exited).toMatchObject({ code: 7, signal: null });
  expect(target.alive).toBe(false);
});

test("output is whole on disk and bounded in memory", async () => {
  const target = await launching.start({ words: words("flood-output.mjs") });
  expect(target.logs.tail(1_000_000)).toHaveLength(200);
  await target.stop(graceful);
  expect(statSync(target.logs.stdoutPath).size).toBe(5000 * 1001 + "ready\n".length);
  expect(statSync(target.logs.stderrPath).size).toBe(5000 * 1001);
  expect(readFileSync(target.logs.stdoutPath, "utf8").endsWith("x\nready\n")).toBe(true);
});

test("a flood is read on, neither disk nor memory fills, and the report says what was left out", async () => {
  const before = process.memoryUsage().rss;
  const how = { kind: "log", pattern: "^ready$" } as const;
  const target = await launching.start({ words: words("pour-output.sh", "100000000"), how });
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  const { gaps } = await target.stop(graceful);
  expect(statSync(target.logs.stdoutPath).size).toBeLessThan(34 * 1024 ** 2);
  expect(readFileSync(target.logs.stdoutPath, "latin1").endsWith("\nready\n")).toBe(true);
  expect(gaps).toEqual([
    {
      what: "the target's output",
      why: expect.stringMatching(/^62\.4 MiB of the target's output are left out of/),
    },
  ]);
});

test("usage sums over the tree", async () => {
  const target = await launching.start({ words: words("fork-workers.sh", "3") });
  const usage = await target.usage();
  expect(usage.processes).toBe(4);
  expect(usage.fds).toBeGreaterThanOrEqual(4 * 3);
  expect(usage.fdsOfLargest).toBeLessThan(usage.fds ?? 0);
  expect(usage.rssBytes).toBeGreaterThan(4 * 4096);
  expect(usage.cpuPercent).toBeGreaterThanOrEqual(0);
  await target.stop(graceful);
  const after = await target.usage();
  expect(after).toEqual({
    cpuPercent: undefined,
    rssBytes: undefined,
    processes: 0,
    fds: undefined,
    fdsOfLargest: undefined,
  });
});

test("a memory limit that the kernel does not enforce is passed in so many words, or not", async () => {
  const asked = { words: words("hold-memory.mjs") };
  const below = await launching.start({ ...asked, limits: { memoryBytes: 2 ** 32 } }, { follow: "marker" });
  await below.usage();
  expect(below.exceeded()).toBeUndefined();
  const above = await launching.start({ ...asked, limits: { memoryBytes: 2 ** 27 } }, { follow: "marker" });
  expect(above.exceeded()).toBeUndefined();
  await above.usage();
  expect(above.exceeded()).toMatch(
    /^the target's processes hold 2\d\d MiB of memory, above their limit of 128 MiB$/,
  );
});

function keepersOf(parent: number): number[] {
  return pidsNaming("dist/target/keeper.js").filter((pid) =>
    textOf(`/proc/${pid}/status`).includes(`\nPPid:\t${parent}\n`),
  );
}

function signalsCaught(pid: number): string {
  return /SigCgt:\t[0-9a-f]{8}([0-9a-f]{8})/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? "0";
}
