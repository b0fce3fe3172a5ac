import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { parseLimit, readCgroupLimits } from "../../src/proc/cgroup-limits.js";
import { frozen } from "./frozen.js";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

const pid = 4242;

/** A tree of files in which `{root}` stands for where it is; `proc` in it is the /proc. */
function treeOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "watertight-cgroup-"));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text.replaceAll("{root}", root));
  }
  return join(root, "proc");
}

const unified = `31 23 0:28 / {root}/cgroup rw - cgroup2 cgroup2 rw\n`;

it.each<[string, Readonly<Record<string, string>>, (number | undefined)[]]>([
  [
    "the lowest of a cgroup and those above it",
    {
      "proc/4242/cgroup": "0::/a/b\n",
      "proc/4242/mountinfo": unified,
      "cgroup/a/b/pids.max": "max\n",
      "cgroup/a/pids.max": "512\n",
      "cgroup/a/b/memory.max": "1073741824\n",
      "cgroup/a/memory.max": "2147483648\n",
      "pids.max": "1\n",
    },
    [512, 2 ** 30],
  ],
  [
    "none where all say max",
    {
      "proc/4242/cgroup": "0::/a\n",
      "proc/4242/mountinfo": unified,
      "cgroup/a/pids.max": "max\n",
      "cgroup/a/memory.max": "max\n",
    },
    [undefined, undefined],
  ],
  [
    "that of a container's own root",
    { "proc/4242/cgroup": "0::/\n", "proc/4242/mountinfo": unified, "cgroup/pids.max": "100\n" },
    [100, undefined],
  ],
  [
    "none of a cgroup that the mount does not show",
    { "proc/4242/cgroup": "0::/../x\n", "proc/4242/mountinfo": unified, "cgroup/pids.max": "100\n" },
    [undefined, undefined],
  ],
  [
    "those of version 1",
    {
      "proc/4242/cgroup": "4:memory:/docker/ab\n3:pids:/docker/ab\n",
      "proc/4242/mountinfo": [
        "35 31 0:32 /docker/ab {root}/cgroup/memory rw - cgroup cgroup rw,memory\n",
        "36 31 0:33 /docker/ab {root}/cgroup/rdma,pids rw - cgroup cgroup rw,pids\n",
      ].join(""),
      "cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "cgroup/rdma,pids/pids.max": "256\n",
    },
    [256, undefined],
  ],
  [
    "those of a hybrid system: controllers of version 1 beside an empty version 2",
    {
      "proc/4242/cgroup":
        "5:pids:/user.slice\n4:memory:/user.slice\n1:name=systemd:/user.slice\n0::/user.slice\n",
      "proc/4242/mountinfo": [
        "30 29 0:26 / {root}/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate\n",
        "31 29 0:27 / {root}/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n",
        "33 29 0:29 / {root}/cgroup/memory rw - cgroup cgroup rw,memory\n",
        "34 29 0:30 / {root}/cgroup/pids rw - cgroup cgroup rw,pids\n",
      ].join(""),
      "cgroup/unified/user.slice/cgroup.procs": "4242\n",
      "cgroup/memory/user.slice/memory.limit_in_bytes": "536870912\n",
      "cgroup/memory/memory.limit_in_bytes": "9223372036854710272\n",
      "cgroup/pids/user.slice/pids.max": "max\n",
    },
    [undefined, 2 ** 29],
  ],
  [
    "none on a kernel without cgroups",
    { "proc/4242/cgroup": "", "proc/4242/mountinfo": "25 1 0:5 / /proc rw - proc proc rw\n" },
    [undefined, undefined],
  ],
  [
    "no limit of version 1 where pages are of 64 KiB, too",
    {
      "proc/4242/cgroup": "4:memory:/\n",
      "proc/4242/mountinfo": "33 29 0:29 / {root}/cgroup/memory rw - cgroup cgroup rw,memory\n",
      "cgroup/memory/memory.limit_in_bytes": "9223372036854710272\n",
    },
    [undefined, undefined],
  ],
])("reads %s", (_, files, [pidsMax, memoryMax]) => {
  expect(readCgroupLimits(treeOf(files), pid)).toEqual({ pidsMax, memoryMax });
});

it("knows no limit of a process that cannot be read", () => {
  const none = { pidsMax: undefined, memoryMax: undefined };
  expect(readCgroupLimits(treeOf({}), pid)).toEqual(none);
  expect(readCgroupLimits(frozen("malformed"), pid)).toEqual(none);
});

it.each([
  ["max\n", Number.POSITIVE_INFINITY],
  ["0\n", 0],
  ["18874368\n", 18_874_368],
  ["-1\n", undefined],
  ["", undefined],
])("%j is %s", (text, limit) => {
  expect(parseLimit(text)).toBe(limit);
});
