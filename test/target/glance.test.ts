import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { spawn as spawnInPty } from "@lydell/node-pty";
import { afterEach, expect, test } from "vitest";
import { type ProcStat, readStat } from "../../src/proc/stat.js";
import { glanceAt } from "../../src/target/glance.js";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function statOf(pid: number | undefined): ProcStat {
  const stat = readStat("/proc", pid ?? 0);
  if (!stat.ok) throw new Error(stat.gap.why);
  return stat.value;
}

/** A process that holds so many fds more than it was born with, and is ready. */
async function holder(fds: number): Promise<ProcStat> {
  const script = `for (let i = 0; i < ${fds}; i++) fs.openSync("/dev/null"); console.log("held"); setInterval(() => {}, 1e6)`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  return statOf(child.pid);
}

test("a PTY is seen in whoever has it for a terminal, and counts once", async () => {
  const terminal = spawnInPty("sleep", ["60"], {});
  const ended = new Promise((resolve) => terminal.onExit(resolve));
  const inPty = statOf(terminal.pid);
  // This process holds the master, the other one the slave, on three fds.
  expect(glanceAt("/proc", [inPty, inPty])).toEqual({ processes: 2, running: [inPty, inPty], ptys: 1 });
  const [mine, both] = [glanceAt("/proc", [statOf(process.pid)]), [statOf(process.pid), inPty]];
  expect(glanceAt("/proc", both).ptys).toBe(mine.ptys);
  terminal.kill("SIGKILL");
  await ended;
});

test("no PTY is seen where there is none", async () => {
  const one = await holder(0);
  expect(glanceAt("/proc", [one])).toEqual({ processes: 1, running: [one], ptys: 0 });
});

test("the fds of a large server are not listed, and nothing is said of its PTYs", async () => {
  const [large, small] = [await holder(600), await holder(0)];
  expect(glanceAt("/proc", [large])).toMatchObject({ processes: 1, ptys: undefined });
  expect(glanceAt("/proc", [large, small])).toMatchObject({ processes: 2, ptys: 0 });
});

test("the dead are not counted", async () => {
  const zombie = { ...(await holder(0)), state: "Z", threads: 1 };
  expect(glanceAt("/proc", [zombie])).toEqual({ processes: 0, running: [], ptys: undefined });
});
