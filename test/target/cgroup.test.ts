import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCgroup, openCgroup } from "../../src/target/cgroup.js";
import { runCgroupPath } from "../../src/target/own-cgroup.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-cgroup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("processes in folders below are in it too; those outside the pid namespace are left out", () => {
  mkdirSync(join(folder, "below"));
  writeFileSync(join(folder, "cgroup.procs"), "11\n0\n12\n");
  writeFileSync(join(folder, "below", "cgroup.procs"), "13\n");
  expect(openCgroup(folder).pids()).toEqual([11, 12, 13]);
});

test("memory is limited by the kernel only where the controller is there", () => {
  const cgroup = openCgroup(folder);
  expect(cgroup.limitMemory(1000)).toBe(false);
  writeFileSync(join(folder, "memory.max"), "max\n");
  expect(cgroup.limitMemory(1000)).toBe(true);
  expect(readFileSync(join(folder, "memory.max"), "utf8")).toBe("1000");
});

test("one that is gone has no processes, and is removed already", () => {
  const cgroup = openCgroup(join(folder, "gone"));
  expect(cgroup.pids()).toEqual([]);
  expect(cgroup.remove()).toBe(true);
  expect(() => cgroup.kill()).not.toThrow();
});

test("none is made where that is not possible, and nothing is left of the try", () => {
  expect(createCgroup("/no/such/folder/run")).toBeUndefined();
  // A plain folder can be made, but it has no cgroup.procs that a process could enter.
  writeFileSync(join(folder, "file"), "");
  expect(createCgroup(join(folder, "file"))).toBeUndefined();
});

describe("where a run's cgroup would be", () => {
  function proc(mountinfo: string, cgroup: string): string {
    mkdirSync(join(folder, String(process.pid)));
    writeFileSync(join(folder, String(process.pid), "mountinfo"), mountinfo);
    writeFileSync(join(folder, String(process.pid), "cgroup"), cgroup);
    return folder;
  }
  const mount = (at: string, options: string) =>
    `38 31 0:38 / ${at} ${options},relatime - cgroup2 cgroup2 ${options}\n`;

  test.each([
    [
      "unified",
      mount("/sys/fs/cgroup", "rw"),
      "0::/user.slice/a.scope\n",
      "/sys/fs/cgroup/user.slice/a.scope/watertight-r",
    ],
    [
      "hybrid",
      mount("/sys/fs/cgroup/unified", "rw"),
      "4:memory:/m\n0::/\n",
      "/sys/fs/cgroup/unified/watertight-r",
    ],
    ["read-only", mount("/sys/fs/cgroup", "ro"), "0::/\n", undefined],
    ["version 1 alone", "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n", "4:memory:/m\n", undefined],
    ["unreadable", "nonsense\n", "nonsense\n", undefined],
  ])("%s", (...[, mountinfo, cgroup, path]) => {
    expect(runCgroupPath(proc(mountinfo, cgroup), "r")).toBe(path);
    expect(existsSync(join(folder, "watertight-r"))).toBe(false);
  });
});
