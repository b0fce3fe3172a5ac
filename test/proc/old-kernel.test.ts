import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { readProcess } from "../../src/proc/entry.js";
import { listPids } from "../../src/proc/pids.js";
import { readStatus } from "../../src/proc/status.js";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

const stat = "42 (server) S 1 42 42 0 -1 4194560 1 0 0 0 5 3 0 0 20 0 3 0 1000 1000000 250 0\n";
const limits =
  "Limit  Soft Limit  Hard Limit  Units\nMax processes 100 100 processes\nMax open files 1024 4096 files\n";

/** A /proc as Linux 3.10 has it: no smaps_rollup, no NSpid, no RssAnon, no tty-index, no Cap lines that we need. */
function oldKernel(more: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "watertight-old-kernel-"));
  roots.push(root);
  const files = {
    "1/stat": "1 (init) S 0 1 1 0 -1 4194560 1 0 0 0 5 3 0 0 20 0 1 0 1 1000000 250 0\n",
    "42/stat": stat,
    "42/cmdline": "server\0--port\x008080\0",
    "42/limits": limits,
    "42/status":
      "Name:\tserver\nState:\tS (sleeping)\nPid:\t42\nPPid:\t1\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nVmRSS:\t    1000 kB\nThreads:\t3\nSigCgt:\t0000000000000200\n",
    "42/fdinfo/3": "pos:\t0\nflags:\t0100002\n",
    ...more,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(join(root, "42/fd"));
  symlinkSync("/dev/null", join(root, "42/fd/0"));
  symlinkSync("/dev/ptmx", join(root, "42/fd/3"));
  return root;
}

describe("an old kernel", () => {
  it("gives what it has, and a gap for a PTY whose number it does not tell", () => {
    const root = oldKernel();
    const { entry, gaps } = readProcess(root, 42, { fds: true, memory: true, sockets: true });
    expect(entry).toMatchObject({
      pid: 42,
      command: "server --port 8080",
      threads: 3,
      fdCount: 2,
      softFdLimit: 1024,
      memory: { rssBytes: 1_024_000 },
    });
    expect(entry?.memory?.pssBytes).toBeUndefined();
    expect(entry?.memory?.anonymousBytes).toBeUndefined();
    expect(gaps).toEqual([{ what: `${root}/42/fdinfo/3`, why: "no tty-index", pid: 42 }]);
  });

  it("has no pids of namespaces, which is no mistake", () => {
    expect(valueOf(readStatus(oldKernel(), 42))?.nsPids).toEqual([]);
  });

  it("without capabilities in its status hides nobody", () => {
    expect(valueOf(listPids(oldKernel()))).toEqual([1, 42]);
  });

  it.each(["noaccess", "invisible", "ptraceable", "1", "2", "4"])(
    "hides somebody where it is mounted with hidepid=%s and init is our own",
    (how) => {
      const root = oldKernel();
      const line = `63 45 0:39 / ${root} rw - proc proc rw,hidepid=${how}\n`;
      mkdirSync(join(root, "self"));
      writeFileSync(join(root, "self/mountinfo"), `45 1 0:21 / ${root} rw - proc proc rw\n${line}`);
      const uid = process.getuid?.() ?? 0;
      writeFileSync(join(root, "1/status"), `Uid:\t${uid}\nGid:\t0\nThreads:\t1\nSigCgt:\t0\n`);
      expect(listPids(root)).toEqual({ ok: false, gap: { what: root, why: "hidden" } });
      writeFileSync(join(root, "self/status"), "CapEff:\t0000000000080000\n");
      expect(listPids(root).ok).toBe(true);
    },
  );

  it("is read on where a file of a process is missing altogether", () => {
    const { entry, gaps } = readProcess(oldKernel({ "42/limits": "" }), 42, {
      fds: false,
      memory: false,
      sockets: false,
    });
    expect(entry?.softFdLimit).toBeUndefined();
    expect(gaps.map(({ why }) => why)).toEqual(["malformed: "]);
  });
});
