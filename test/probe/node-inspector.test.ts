import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "../../src/model/clock.js";
import type { Gap } from "../../src/model/reading.js";
import type { ProbeSample } from "../../src/model/snapshot.js";
import { type AttachNode, attachNode } from "../../src/probe/node-inspector.js";
import type { Probe } from "../../src/probe/probe.js";
import { clock, end, endAll, fdTargets, listeningPorts, never, start, tell, until } from "./fixtures.js";

const probes: Probe[] = [];

afterEach(async () => {
  await Promise.all(probes.splice(0).map((probe) => probe.close()));
  await endAll();
});

/** Does not wait between looks; time limits are as ever. */
const hastyClock: Clock = { ...clock, sleep: (ms, signal) => clock.sleep(ms < 100 ? 0 : ms, signal) };

function tryAttach(child: ChildProcess, options: Partial<AttachNode> = {}): Promise<Probe | Gap> {
  const pid = child.pid ?? 0;
  const listeners = (): Promise<number[]> => Promise.resolve(listeningPorts(pid));
  const executable = process.execPath;
  return attachNode({ pid, listeners, catchesSigusr1: true, executable, clock, ...options });
}

async function attach(child: ChildProcess, options?: Partial<AttachNode>): Promise<Probe> {
  const attached = await tryAttach(child, options);
  if (!("sample" in attached)) throw new Error(attached.why);
  probes.push(attached);
  return attached;
}

function look(probe: Probe): Promise<ProbeSample> {
  return probe.sample({ collect: true, signal: never });
}

describe("an unmodified Node process", () => {
  it("opens its inspector, counts the timers it holds, and gives them back", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child);
    const before = await look(probe);
    await tell(child, "timers 25");
    const holding = await look(probe);
    await tell(child, "drop");
    const after = await look(probe);
    expect(before).toMatchObject({ probe: "node", pid: child.pid, collected: true, gaps: [] });
    expect(holding.tasks).toBe((before.tasks ?? 0) + 25);
    expect(holding.tasksByType?.["Timeout"]).toBe(25);
    expect(after.tasks).toBe(before.tasks);
  });

  it("tells held memory, on the heap and outside of it, from garbage", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child);
    const before = (await look(probe)).liveBytes ?? 0;
    await tell(child, "garbage 20000000");
    expect(Math.abs(((await look(probe)).liveBytes ?? 0) - before)).toBeLessThan(1e6);
    await tell(child, "buffers 20000000");
    expect((await look(probe)).liveBytes).toBeGreaterThan(before + 19e6);
    await tell(child, "objects 200000");
    expect((await look(probe)).liveBytes).toBeGreaterThan(before + 22e6);
    await tell(child, "drop");
    expect((await look(probe)).liveBytes).toBeLessThan(before + 1e6);
  });

  it("does not count requests in flight", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child);
    const before = await look(probe);
    await tell(child, "requests 20");
    const busy = await look(probe);
    expect(busy.tasksByType).toEqual(before.tasksByType);
  });

  it("is not changed by 1,000 samples", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child, { clock: hastyClock });
    const pid = child.pid ?? 0;
    const [before, fds] = [await look(probe), fdTargets(pid).length];
    for (let count = 0; count < 1000; count++)
      await probe.sample({ collect: count % 50 === 0, signal: never });
    const after = await look(probe);
    expect(after.tasksByType).toEqual(before.tasksByType);
    expect((after.liveBytes ?? 0) - (before.liveBytes ?? 0)).toBeLessThan(100_000);
    expect(fdTargets(pid).length).toBe(fds);
  });

  it("is left with its inspector closed, and can be looked into again", async () => {
    const child = await start("holds-on-demand.mjs");
    const pid = child.pid ?? 0;
    const probe = await attach(child);
    expect(listeningPorts(pid)).toHaveLength(1);
    await probe.close();
    await probe.close();
    await until(() => listeningPorts(pid).length === 0);
    expect(child.exitCode).toBeNull();
    expect((await look(await attach(child))).gaps).toEqual([]);
  });

  it("has an inspector that was open before left open", async () => {
    const child = await start("holds-on-demand.mjs", { NODE_OPTIONS: "--inspect=127.0.0.1:0" });
    const probe = await attach(child);
    expect((await look(probe)).tasks).toBeGreaterThan(0);
    await probe.close();
    expect(listeningPorts(child.pid ?? 0)).toHaveLength(1);
  });

  it("can end while it is being looked into, without waiting for us", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await tell(child, "exit");
    expect(await ended).toBe(0);
    const { gaps } = await look(probe);
    expect(gaps[0]?.why).toMatch(/^lost for good: /);
  });
});

describe("a target that does not answer", () => {
  it("leaves a gap when it is killed in mid-sample", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child);
    await tell(child, "block 60000");
    const sampling = look(probe);
    await end(child);
    expect(await sampling).toMatchObject({ probe: "node", gaps: [{ pid: child.pid }] });
    expect((await look(probe)).gaps[0]?.why).toMatch(/^lost for good: /);
  });

  it("leaves a gap while it is stopped, is not buried under requests, and comes back", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child, { limitMs: 50 });
    child.kill("SIGSTOP");
    const whys: (string | undefined)[] = [];
    for (let count = 0; count < 20; count++) whys.push((await look(probe)).gaps[0]?.why);
    child.kill("SIGCONT");
    expect(whys.at(0)).toBe("no answer within 50 ms");
    expect(whys.at(-1)).toBe("16 requests are unanswered");
    await until(async () => (await probe.sample({ collect: false, signal: never })).gaps.length === 0);
  });

  it("leaves a gap while its event loop is blocked, and comes back", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child, { limitMs: 100 });
    await tell(child, "block 600");
    expect((await look(probe)).gaps[0]?.why).toBe("no answer within 100 ms");
    await until(async () => (await probe.sample({ collect: false, signal: never })).gaps.length === 0);
  });

  it("can be attached to while its event loop is blocked", async () => {
    const child = await start("holds-on-demand.mjs");
    await tell(child, "block 600");
    const probe = await attach(child);
    expect((await look(probe)).tasks).toBeGreaterThan(0);
  });

  it("leaves a gap when the sample is aborted", async () => {
    const child = await start("holds-on-demand.mjs");
    const probe = await attach(child);
    const sample = await probe.sample({ collect: true, signal: AbortSignal.abort() });
    expect(sample.gaps[0]?.why).toBe("aborted");
  });
});

describe("a program that must be left alone", () => {
  it("is a gap when it has a SIGUSR1 handler of its own", async () => {
    const child = await start("handles-sigusr1.cjs");
    const refused = await tryAttach(child);
    expect(refused).toMatchObject({ pid: child.pid, why: expect.stringContaining("handler of its own") });
    expect(child.exitCode).toBeNull();
  });

  it("is a gap when the port of its inspector is taken, and it runs on", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const child = await start("holds-on-demand.mjs", { NODE_OPTIONS: `--inspect-port=127.0.0.1:${port}` });
    const refused = await tryAttach(child);
    taken.close();
    expect(refused).toMatchObject({ why: expect.stringContaining("an --inspect-port that is taken") });
    expect(child.exitCode).toBeNull();
    await tell(child, "drop");
  });

  it.each([
    ["/usr/local/bin/node_exporter", true, /is not Node/],
    ["/usr/bin/python3", true, /is not Node/],
    ["/usr/bin/node", false, /does not catch SIGUSR1/],
    ["/usr/bin/node (deleted)", false, /does not catch SIGUSR1/],
    ["/opt/node-v20.11.1", false, /does not catch SIGUSR1/],
  ])("%s (catches SIGUSR1: %s) is never signalled", async (executable, catchesSigusr1, why) => {
    const listeners = (): Promise<number[]> => Promise.reject(new Error("was asked"));
    const refused = await attachNode({ pid: process.pid, executable, catchesSigusr1, listeners, clock });
    expect(refused).toMatchObject({ why: expect.stringMatching(why) });
  });

  it("is a gap when it is gone", async () => {
    const child = await start("holds-on-demand.mjs");
    await end(child);
    const listeners = (): Promise<number[]> => Promise.resolve([]);
    const options = { pid: child.pid ?? 0, executable: "/usr/bin/node", catchesSigusr1: true, clock };
    expect(await attachNode({ ...options, listeners })).toMatchObject({
      why: expect.stringMatching(/ESRCH/),
    });
  });
});
