import { expect, test } from "vitest";
import { NotTerminatedError } from "../../src/lifecycle/errors.js";
import { ProcessManager } from "../../src/lifecycle/index.js";
import { ProcessGroup } from "../../src/lifecycle/process-group.js";
import { identify, type ProcessTable, processTable } from "../../src/lifecycle/process-table.js";
import type { ProcStat } from "../../src/proc/stat.js";
import { fixture, held, heldAfter } from "./held.js";

const leader = { pid: 100, startTicks: 5000 };

function stat(fields: Partial<ProcStat> & { pid: number }): ProcStat {
  const { pid } = fields;
  const ids = {
    name: `p${pid}`,
    state: "S",
    ppid: 1,
    pgid: 100,
    sid: 100,
    ttyNr: 0,
    threads: 1,
    exiting: false,
  };
  return { ...ids, utimeTicks: 0, stimeTicks: 0, startTicks: 5001, rssPages: 1, ...fields };
}

interface Fake {
  readonly table: ProcessTable;
  readonly sent: [number, string | number][];
}

/** Processes that take no notice of any signal, unless `heed` removes them. */
function fake(stats: ProcStat[], heed: (pid: number, signal: string | number) => void = () => {}): Fake {
  const sent: [number, string | number][] = [];
  const table: ProcessTable = {
    stat: (pid) => stats.find((entry) => entry.pid === pid),
    all: () => Promise.resolve([...stats]),
    command: (pid) => (pid === 101 ? "sleep 99" : ""),
    kill: (pid, signal) => {
      sent.push([pid, signal]);
      heed(pid, signal);
    },
  };
  return { table, sent };
}

function groupOn(table: ProcessTable): ProcessGroup {
  return new ProcessGroup(leader, "agent run", table);
}

test.each([
  { who: "one of its group", entry: stat({ pid: 101, sid: 7 }), isMember: true },
  { who: "one of its session", entry: stat({ pid: 101, pgid: 7 }), isMember: true },
  { who: "one of another", entry: stat({ pid: 101, pgid: 7, sid: 7 }), isMember: false },
  { who: "the leader", entry: stat({ ...leader }), isMember: false },
  { who: "a zombie", entry: stat({ pid: 101, state: "Z" }), isMember: false },
  {
    who: "one whose first thread alone has ended",
    entry: stat({ pid: 101, state: "Z", threads: 2 }),
    isMember: true,
  },
  { who: "one older than the leader", entry: stat({ pid: 101, startTicks: 4999 }), isMember: false },
])("$who: a member is $isMember", async ({ entry, isMember }) => {
  expect(await groupOn(fake([entry]).table).members()).toEqual(isMember ? [entry] : []);
});

test("what runs under the leader's pid, re-used, is never touched", async () => {
  const { table, sent } = fake([stat({ pid: 100, startTicks: 9000 }), stat({ pid: 101, startTicks: 9001 })]);
  const group = groupOn(table);
  await group.end(1000);
  await group.signal("SIGKILL");
  expect(sent).toEqual([]);
});

test("nobody is signalled when nobody is left", async () => {
  const { table, sent } = fake([]);
  await groupOn(table).end(1000);
  await groupOn(table).signal("SIGKILL");
  expect(sent).toEqual([]);
});

test("a signal goes to the group as one, and to each in another group of the session", async () => {
  const { table, sent } = fake([stat({ ...leader }), stat({ pid: 101 }), stat({ pid: 102, pgid: 102 })]);
  await groupOn(table).signal("SIGINT");
  expect(sent).toEqual([
    [-100, "SIGINT"],
    [102, "SIGINT"],
  ]);
});

test("members that go on the second kill are confirmed gone", async () => {
  const stats = [stat({ pid: 101 })];
  let kills = 0;
  const { table } = fake(stats, () => {
    kills += 1;
    if (kills === 2) stats.pop();
  });
  await groupOn(table).end(5000);
  expect(kills).toBe(2);
});

test("one that a kill does not end is named, with pid, state and command", async () => {
  const { table } = fake([stat({ pid: 101, state: "D" }), stat({ pid: 102 })]);
  const end = groupOn(table).end(30);
  await expect(end).rejects.toThrow(
    "not terminated: agent run; left: pid 101 (state D): sleep 99; pid 102 (state S): [p102]",
  );
  await expect(end).rejects.toBeInstanceOf(NotTerminatedError);
});

test("without a list of processes the group itself is asked", async () => {
  const alive = { table: fake([]).table };
  const unlisted = { ...alive.table, all: () => Promise.resolve(undefined) };
  await expect(groupOn(unlisted).end(30)).rejects.toThrow("left: pid 100 (state ?): agent run");
  const kill = (): void => {
    throw Object.assign(new Error("gone"), { code: "ESRCH" });
  };
  await groupOn({ ...unlisted, kill }).end(30);
});

test("one that may not be signalled is still there", async () => {
  const kill = (): void => {
    throw Object.assign(new Error("not yours"), { code: "EPERM" });
  };
  const { table } = fake([stat({ pid: 101 })]);
  await expect(groupOn({ ...table, kill }).end(30)).rejects.toBeInstanceOf(NotTerminatedError);
  const unlisted = { ...table, all: () => Promise.resolve(undefined), kill };
  await expect(groupOn(unlisted).end(30)).rejects.toBeInstanceOf(NotTerminatedError);
});

test("waiting for the others ends with the last of them, or with the grace", async () => {
  const stats = [stat({ pid: 101 })];
  const { table } = fake(stats);
  await groupOn(table).emptied(AbortSignal.timeout(30));
  const emptied = groupOn(table).emptied(new AbortController().signal);
  stats.pop();
  await emptied;
});

test("a child that is reaped before it is looked at is as old as we are", () => {
  const self = processTable("/proc").stat(process.pid);
  expect(identify(processTable("/proc"), 2 ** 22 + 1)).toEqual({
    pid: 2 ** 22 + 1,
    startTicks: self?.startTicks,
  });
  expect(identify(processTable("/no/such"), 5)).toEqual({ pid: 5, startTicks: 0 });
});

test.each([false, true])(
  "a process that cannot be killed is reported, and its fds closed (PTY: %s)",
  async (pty) => {
    const before = held();
    const real = processTable("/proc");
    let mayKill = false;
    const table = {
      ...real,
      kill: (pid: number, signal: NodeJS.Signals | 0) => void (mayKill && real.kill(pid, signal)),
    };
    const manager = new ProcessManager({ table, confirmMs: 50 });
    const stubborn = manager.start({ command: fixture("ignores-sigint.sh"), pty });
    await new Promise((resolve) => stubborn.output.once("data", resolve));
    await expect(stubborn.terminate(10)).rejects.toThrow(`left: pid ${stubborn.pid} (state S): sleep 120`);
    expect(held().fds).toEqual(before.fds);
    expect(manager.running).toBe(1);
    await expect(manager.shutdown(10)).rejects.toThrow(/^shutdown left something behind: not terminated/);
    mayKill = true;
    await stubborn.terminate(10);
    expect(await heldAfter(before)).toEqual(before);
  },
);
