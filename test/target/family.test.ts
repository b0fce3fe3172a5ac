import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Cgroup } from "../../src/target/cgroup.js";
import { Family, type FamilyOptions, type Member } from "../../src/target/family.js";

let procRoot = "";
beforeEach(() => {
  procRoot = mkdtempSync(join(tmpdir(), "watertight-proc-"));
  has({ pid: 1, sid: 1 });
});
afterEach(() => rmSync(procRoot, { recursive: true, force: true }));

interface Fake {
  readonly pid: number;
  readonly ppid?: number;
  readonly sid?: number;
  readonly ticks?: number;
  readonly environ?: string;
}

/** Puts a process into the tree of files that stands for /proc. */
function has({ pid, ppid = 1, sid = pid, ticks = 500, environ = "" }: Fake): void {
  mkdirSync(join(procRoot, String(pid)), { recursive: true });
  const stat = [
    pid,
    "(x)",
    "S",
    ppid,
    pid,
    sid,
    ...Array<number>(15).fill(0),
    ticks,
    ...Array<number>(30).fill(0),
  ];
  stat[19] = 1;
  writeFileSync(join(procRoot, String(pid), "stat"), `${stat.join(" ")}\n`);
  writeFileSync(join(procRoot, String(pid), "environ"), environ);
}

function ends(pid: number): void {
  rmSync(join(procRoot, String(pid)), { recursive: true });
}

function familyOf(more: Partial<FamilyOptions> = {}): Family {
  const marker = "WATERTIGHT_RUN=a";
  return new Family({ procRoot, marker, cgroup: undefined, sinceTicks: 500, outsiders: [], ...more });
}

/** A family whose target is pid 10, alive. */
function familyOfTen(more: Partial<FamilyOptions> = {}): Family {
  has({ pid: 10 });
  const family = familyOf(more);
  family.adopt({ pid: 10, startTicks: 500, sid: 10 });
  return family;
}

const pids = (members: readonly Member[]): number[] => members.map(({ pid }) => pid).sort((a, b) => a - b);

test("a descendant is a member, though its session and its environment are its own", () => {
  const family = familyOfTen();
  has({ pid: 11, ppid: 10 });
  has({ pid: 12, ppid: 11 });
  has({ pid: 20 });
  expect(pids(family.members())).toEqual([10, 11, 12]);
});

test("a member that lost its parents stays one", () => {
  const family = familyOfTen();
  has({ pid: 11, ppid: 10 });
  // In no session that tells anything.
  has({ pid: 12, ppid: 11, sid: 0 });
  family.members();
  ends(11);
  has({ pid: 12, ppid: 1, sid: 0 });
  expect(pids(family.members())).toEqual([10, 12]);
  ends(10);
  expect(pids(family.members())).toEqual([12]);
});

test("whoever is in a session that a member led is a member", () => {
  const family = familyOfTen();
  has({ pid: 11, ppid: 10 });
  has({ pid: 12, ppid: 10, sid: 11 });
  family.members();
  ends(11);
  has({ pid: 13, sid: 11 });
  expect(pids(family.members())).toEqual([10, 12, 13]);
});

test("a session's number counts for nothing once nobody was in it", () => {
  const family = familyOfTen();
  has({ pid: 11, ppid: 10 });
  family.members();
  ends(11);
  family.members();
  has({ pid: 13, sid: 11 });
  expect(pids(family.members())).toEqual([10]);
});

test("a session that a stranger leads does not make members, though a member is in it", () => {
  const family = familyOfTen();
  has({ pid: 11, ppid: 10, sid: 30 });
  has({ pid: 30 });
  has({ pid: 31, sid: 30 });
  expect(pids(family.members())).toEqual([10, 11]);
});

test("the marker is looked for in a sweep, and what it found stays found", () => {
  const family = familyOfTen();
  has({ pid: 11, environ: "A=b\0WATERTIGHT_RUN=a\0C=d\0" });
  has({ pid: 12, environ: "WATERTIGHT_RUN=another\0" });
  expect(pids(family.members())).toEqual([10]);
  expect(pids(family.sweep())).toEqual([10, 11]);
  expect(pids(family.members())).toEqual([10, 11]);
});

test("whoever is in the cgroup is a member", () => {
  const cgroup: Pick<Cgroup, "pids"> = { pids: () => [11, 12] };
  const family = familyOfTen({ cgroup: { ...noCgroup, ...cgroup } });
  has({ pid: 11 });
  expect(pids(family.members())).toEqual([10, 11]);
});

test("another process with a member's pid is none", () => {
  const family = familyOfTen();
  has({ pid: 11, ppid: 10 });
  family.members();
  has({ pid: 11, ticks: 900 });
  has({ pid: 12, ppid: 11, ticks: 901 });
  expect(pids(family.members())).toEqual([10]);
});

test("nobody from before the target, and no outsider, is ever a member", () => {
  const cgroup: Pick<Cgroup, "pids"> = { pids: () => [11, 12] };
  const family = familyOfTen({ outsiders: [12], cgroup: { ...noCgroup, ...cgroup } });
  has({ pid: 11, ppid: 10, ticks: 499, environ: "WATERTIGHT_RUN=a\0" });
  has({ pid: 12, ppid: 10, environ: "WATERTIGHT_RUN=a\0" });
  expect(pids(family.sweep())).toEqual([10]);
});

test("each member is told once", () => {
  const told: number[] = [];
  const family = familyOfTen({ onMember: ({ pid }) => told.push(pid) });
  has({ pid: 11, ppid: 10 });
  family.members();
  family.sweep();
  expect(told).toEqual([10, 11]);
});

test("a /proc that hides others is a gap, and a member that is seen is one still", () => {
  const family = familyOfTen();
  expect(family.gaps()).toEqual([]);
  ends(1);
  expect(family.gaps()).toEqual([{ what: procRoot, why: "hidden" }]);
  expect(pids(family.members())).toEqual([10]);
});

const noCgroup: Cgroup = {
  path: "",
  pids: () => [],
  kill: () => undefined,
  limitMemory: () => false,
  remove: () => true,
};

test("a glance sees the members and their new children, and forgets nobody", () => {
  const family = familyOfTen();
  has({ pid: 20 });
  has({ pid: 12, ppid: 10 });
  expect(pids(family.members())).toEqual([10, 12]);
  has({ pid: 30, ppid: 12 });
  has({ pid: 40 });
  ends(12);
  has({ pid: 12, ppid: 1, ticks: 600 });
  expect(pids(family.glance())).toEqual([10]);
  has({ pid: 31, ppid: 10 });
  expect(pids(family.glance())).toEqual([10, 31]);
  has({ pid: 31, ppid: 1 });
  expect(pids(family.glance())).toEqual([10, 31]);
  expect(pids(family.members())).toEqual([10, 31]);
});

test("a glance passes over strangers until all are looked at again, or one is adopted", () => {
  const family = familyOfTen();
  has({ pid: 20 });
  family.members();
  // Its pid has gone to a child of the target.
  has({ pid: 20, ppid: 10, ticks: 900 });
  expect(pids(family.glance())).toEqual([10]);
  expect(pids(family.members())).toEqual([10, 20]);
  has({ pid: 21 });
  family.members();
  family.adopt({ pid: 21, startTicks: 500, sid: 21 });
  expect(pids(family.glance())).toEqual([10, 20, 21]);
});
