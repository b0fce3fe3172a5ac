import { describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { parseCgroup, readCgroup, unifiedPath } from "../../src/proc/cgroup.js";
import { cgroup2Mount, cgroupFolder, parseMountinfo, readMountinfo } from "../../src/proc/mountinfo.js";
import { frozen } from "./frozen.js";

const proc = "22 27 0:21 / /proc rw,relatime - proc proc rw\n";
const hybrid = `${proc}31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`;

describe("parseCgroup", () => {
  it("reads version 1", () => {
    const memberships = parseCgroup("9:name=systemd:/\n4:memory:/docker/ab\n2:cpu,cpuacct:/x\n");
    expect(memberships).toEqual([
      { hierarchy: 9, controllers: ["name=systemd"], path: "/" },
      { hierarchy: 4, controllers: ["memory"], path: "/docker/ab" },
      { hierarchy: 2, controllers: ["cpu", "cpuacct"], path: "/x" },
    ]);
    expect(unifiedPath(memberships ?? [])).toBeUndefined();
  });

  it.each([
    ["0::/\n", "/"],
    ["0::/user.slice/chat:1.scope\n", "/user.slice/chat:1.scope"],
    ["0::/gone (deleted)\n", "/gone (deleted)"],
    ["4:memory:/docker/ab\n0::/hybrid\n", "/hybrid"],
    ["", undefined],
  ])("finds the unified path of %j", (text, path) => {
    expect(unifiedPath(parseCgroup(text) ?? [])).toBe(path);
  });

  it("is malformed where a line is", () => {
    expect(parseCgroup("0::/\nnonsense\n")).toBeUndefined();
    expect(readCgroup(frozen("malformed"), 4242)).toMatchObject({ gap: { why: "malformed: nonsense\n" } });
  });
});

describe("parseMountinfo", () => {
  it("reads the server's, with tags and without", () => {
    expect(valueOf(readMountinfo(frozen("server"), 4242))).toEqual([
      { root: "/", mountPoint: "/proc", type: "proc", readOnly: false },
      { root: "/", mountPoint: "/", type: "ext4", readOnly: false },
      { root: "/", mountPoint: "/sys/fs/cgroup", type: "cgroup2", readOnly: true },
    ]);
  });

  it("unescapes, and knows a read-only file system", () => {
    expect(parseMountinfo("1 2 0:3 /a\\134b /mnt/with\\040space rw - nfs  ro,vers=4\n")).toEqual([
      { root: "/a\\b", mountPoint: "/mnt/with space", type: "nfs", readOnly: true },
    ]);
  });

  it("is malformed where a line is cut short", () => {
    expect(parseMountinfo(`${proc}36 35\n`)).toBeUndefined();
  });
});

describe("cgroup2Mount", () => {
  it("is below /sys/fs/cgroup on hybrid systems", () => {
    expect(cgroup2Mount(parseMountinfo(hybrid) ?? [])?.mountPoint).toBe("/sys/fs/cgroup/unified");
  });

  it("is undefined where only version 1 is mounted", () => {
    const lines = hybrid.split("\n").filter((line) => !line.includes("cgroup2"));
    expect(cgroup2Mount(parseMountinfo(lines.join("\n")) ?? [])).toBeUndefined();
  });
});

describe("cgroupFolder", () => {
  it.each([
    ["/", "/", "/sys/fs/cgroup"],
    ["/", "/a/b", "/sys/fs/cgroup/a/b"],
    ["/docker/ab", "/docker/ab/c", "/sys/fs/cgroup/c"],
    ["/docker/ab", "/docker/ab", "/sys/fs/cgroup"],
    ["/docker/ab", "/docker/abc", undefined],
    ["/docker/ab", "/", undefined],
    ["/", "/../sibling", undefined],
  ])("mounted from %s, %s is %s", (root, path, folder) => {
    const mount = { root, mountPoint: "/sys/fs/cgroup", type: "cgroup2", readOnly: false };
    expect(cgroupFolder(mount, path)).toBe(folder);
  });
});
