import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { type ProcStat, readStat } from "../../src/proc/stat.js";
import { usageOf } from "../../src/target/usage.js";

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await ended(child);
});

function sleeper(): { child: ChildProcess; stat: ProcStat } {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  children.push(child);
  const stat = readStat("/proc", child.pid ?? 0);
  if (!stat.ok) throw new Error(stat.gap.why);
  return { child, stat: stat.value };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a process that ended between two looks leaves the others measured", async () => {
  const [one, other] = [sleeper(), sleeper()];
  const both = await usageOf("/proc", [one.stat, other.stat]);
  await ended(one.child);
  const rest = await usageOf("/proc", [one.stat, other.stat]);
  expect(rest.rssBytes).toBeGreaterThan(0);
  expect(rest.rssBytes).toBeLessThan(both.rssBytes ?? 0);
  expect(rest.fds).toBeLessThan(both.fds ?? 0);
});

test("a process that ended before the first look leaves the others measured", async () => {
  const [one, other] = [sleeper(), sleeper()];
  await ended(one.child);
  const rest = await usageOf("/proc", [one.stat, other.stat]);
  expect(rest.rssBytes).toBeGreaterThan(0);
});

test("where nothing is left to measure, nothing is said to be zero", async () => {
  const one = sleeper();
  await ended(one.child);
  expect(await usageOf("/proc", [one.stat])).toMatchObject({
    cpuPercent: undefined,
    rssBytes: undefined,
    fds: undefined,
  });
});
