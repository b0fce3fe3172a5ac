import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { parseInode, parseTtyIndex, readFds } from "../../src/proc/fd.js";
import { countFds } from "../../src/proc/fd-count.js";
import { frozen } from "./frozen.js";

describe("parseInode", () => {
  it.each([
    ["socket:[123]", 123],
    ["pipe:[9]", 9],
    ["net:[4026531833]", 4026531833],
    ["anon_inode:[eventpoll]", 0],
    ["anon_inode:inotify", 0],
    ["/var/log/strange [5]", 0],
    ["/tmp/socket:[5]", 0],
    ["/memfd:x (deleted)", 0],
  ])("%s → %i", (target, inode) => {
    expect(parseInode(target)).toBe(inode);
  });
});

describe("parseTtyIndex", () => {
  it.each([
    ["pos:\t0\nflags:\t02100002\ntty-index:\t7\n", 7],
    ["tty-index:\t0\n", 0],
    ["pos:\t0\nino:\t7\n", undefined],
  ])("%j → %s", (text, expected) => {
    expect(parseTtyIndex(text)).toBe(expected);
  });
});

describe("readFds", () => {
  it("lists them in order, with inodes and the pts numbers of masters", () => {
    expect(valueOf(readFds(frozen("server"), 4242))).toEqual([
      { fd: 0, target: "/dev/null", inode: 0 },
      { fd: 1, target: "pipe:[9001]", inode: 9001 },
      { fd: 3, target: "anon_inode:[eventpoll]", inode: 0 },
      { fd: 4, target: "socket:[1665]", inode: 1665 },
      { fd: 5, target: "socket:[1701]", inode: 1701 },
      { fd: 6, target: "socket:[1702]", inode: 1702 },
      { fd: 7, target: "socket:[20115]", inode: 20115 },
      { fd: 8, target: "socket:[777]", inode: 777 },
      { fd: 10, target: "/dev/ptmx", inode: 0, ptsNumber: 7 },
      { fd: 11, target: "/dev/pts/7", inode: 0 },
      { fd: 12, target: "/var/log/strange [5]", inode: 0 },
      { fd: 13, target: "/memfd:x (deleted)", inode: 0 },
    ]);
  });

  it("names the folder that cannot be listed", () => {
    const root = frozen("server");
    expect(readFds(root, 5)).toEqual({ ok: false, gap: { what: `${root}/5/fd`, why: "ENOENT", pid: 5 } });
  });
});

describe("countFds", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "watertight-fd-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("counts the names where the kernel gives the folder no size", () => {
    // fdinfo has the same names as fd, and no size on any kernel.
    mkdirSync(join(root, "4242"));
    symlinkSync(`/proc/${process.pid}/fdinfo`, join(root, "4242", "fd"));
    const own = valueOf(readFds("/proc", process.pid))?.length ?? Number.NaN;
    // One more: to list the folder, this process opens it.
    expect(countFds(root, 4242)).toEqual({ ok: true, value: own + 1 });
    mkdirSync(join(root, String(process.pid)));
    symlinkSync(`/proc/${process.pid}/fdinfo`, join(root, String(process.pid), "fd"));
    expect(countFds(root, process.pid)).toEqual({ ok: true, value: own });
  });

  it("names the folder that is not there", () => {
    const gap = { what: `${root}/5/fd`, why: "ENOENT", pid: 5 };
    expect(countFds(root, 5)).toEqual({ ok: false, gap });
  });
});
