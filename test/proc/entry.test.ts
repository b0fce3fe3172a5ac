import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readProcess, sampleTree } from "../../src/proc/entry.js";
import { frozen } from "./frozen.js";

/** Called before each file that is read with its path: the moment between two reads. */
const between = vi.hoisted(() => ({ reads: [] as string[], call: (_path: string): void => {} }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readFileSync = (path: string, encoding: BufferEncoding): string => {
    between.reads.push(path);
    between.call(path);
    return fs.readFileSync(path, encoding);
  };
  return { ...fs, readFileSync };
});

const server = frozen("server");
const all = { fds: true, memory: true, sockets: true };
const cheap = { fds: false, memory: false, sockets: false };

afterEach(() => {
  between.call = () => {};
  between.reads.length = 0;
});

describe("readProcess", () => {
  it("puts one process together", () => {
    const { entry, gaps } = readProcess(server, 4242, all);
    expect(gaps).toEqual([]);
    expect(entry).toMatchObject({ pid: 4242, startTicks: 194392, ppid: 1, state: "S", threads: 11 });
    expect(entry).toMatchObject({ command: "node server.js --port=8080", softFdLimit: 1024, fdCount: 12 });
    expect(entry?.memory).toEqual({ rssBytes: 2097152, pssBytes: 334848, anonymousBytes: 131072 });
    const states = entry?.fds?.flatMap((fd) => (fd.socket ? [[fd.fd, fd.socket.state]] : []));
    expect(states).toEqual([
      [4, "LISTEN"],
      [5, "CLOSE_WAIT"],
      [6, "ESTABLISHED"],
      [7, "LISTEN"],
    ]);
  });

  it("looks at no more than asked", () => {
    const { entry } = readProcess(server, 4242, cheap);
    expect(entry?.softFdLimit).toBe(1024);
    expect([entry?.fds, entry?.memory]).toEqual([undefined, undefined]);
    expect(between.reads.filter((path) => /smaps|status|net|fdinfo/.test(path))).toEqual([]);
  });

  it("gives a zombie nothing, without a look at its files", () => {
    const { entry, gaps } = readProcess(server, 4243, all);
    expect(entry).toMatchObject({ state: "Z", command: "", fds: [], fdCount: 0, memory: { rssBytes: 0 } });
    expect(gaps).toEqual([]);
    expect(readProcess(server, 4243, cheap).entry).not.toHaveProperty("fds");
  });

  it("sees what a process holds whose first thread has exited", () => {
    const { entry, gaps } = readProcess(server, 4250, all);
    expect(entry).toMatchObject({ pid: 4250, startTicks: 194410, state: "S", command: "worker", fdCount: 2 });
    expect(entry?.fds?.map((fd) => fd.target)).toEqual(["/dev/null", "pipe:[9002]"]);
    expect(gaps).toEqual([]);
  });

  it("has neither entry nor gap for a process that is no more", () => {
    expect(readProcess(server, 5, all)).toEqual({ entry: undefined, gaps: [] });
  });

  it("names each part that it cannot read, and goes on", () => {
    const root = frozen("malformed");
    const { entry, gaps } = readProcess(root, 4250, all);
    expect(entry).toMatchObject({ pid: 4250, command: "node", fdCount: 2, softFdLimit: undefined });
    expect(gaps.map(({ what, why }) => [what.slice(root.length), why])).toEqual([
      ["/4250/limits", `malformed: ${"x".repeat(80)}`],
      ["/4250/status", "ENOENT"],
      ["/4250/fdinfo/3", "no tty-index"],
      ["/4250/ns/net", "ENOENT"],
    ]);
    expect(gaps.every((gap) => gap.pid === 4250)).toBe(true);
  });

  it("names a stat that it cannot parse", () => {
    const { entry, gaps } = readProcess(frozen("malformed"), 4242, all);
    expect(entry).toBeUndefined();
    expect(gaps).toMatchObject([{ why: expect.stringMatching(/^malformed: 4242 \(node\) S/) }]);
  });
});

describe("sampleTree", () => {
  it("reads the tables once for a network namespace", () => {
    const { processes, gaps } = sampleTree(server, [4242, 4243, 4260], all);
    expect(processes.map(({ pid }) => pid)).toEqual([4242, 4243, 4260]);
    expect(processes[2]?.fds?.[0]?.socket?.state).toBe("LISTEN");
    expect(between.reads.filter((path) => path.endsWith("/net/tcp"))).toEqual([`${server}/4242/net/tcp`]);
    expect(gaps).toEqual([]);
  });

  it("leaves out a pid that has gone to another process", () => {
    const same = { pid: 4242, startTicks: 194392 };
    expect(sampleTree(server, [same], cheap).processes).toHaveLength(1);
    expect(sampleTree(server, [{ ...same, startTicks: 194391 }], cheap)).toEqual({ processes: [], gaps: [] });
  });
});

describe("a process that ends in mid-read", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "watertight-proc-"));
    cpSync(server, root, { recursive: true, verbatimSymlinks: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function when(file: string, act: () => void): void {
    between.call = (path) => {
      if (path !== join(root, file)) return;
      between.call = () => {};
      act();
    };
  }

  it.each(["4242/cmdline", "4242/limits", "4242/smaps_rollup", "4242/fdinfo/10"])(
    "leaves neither entry nor gap (at %s)",
    (file) => {
      when(file, () => rmSync(join(root, "4242"), { recursive: true }));
      expect(readProcess(root, 4242, all)).toEqual({ entry: undefined, gaps: [] });
    },
  );

  it("is a zombie where it became one", () => {
    when("4242/limits", () => {
      rmSync(join(root, "4242/fd"), { recursive: true });
      writeFileSync(join(root, "4242/stat"), zombieStat(194392));
    });
    const { entry, gaps } = readProcess(root, 4242, all);
    expect(entry).toMatchObject({ pid: 4242, state: "Z", fds: [], fdCount: 0, command: "" });
    expect(gaps).toEqual([]);
  });

  it("is not mixed with the next process of its pid", () => {
    when("4242/limits", () => writeFileSync(join(root, "4242/stat"), zombieStat(194393)));
    expect(readProcess(root, 4242, all)).toEqual({ entry: undefined, gaps: [] });
  });

  it.each(["tcp", "unix"])("between its fds and its sockets (at %s) leaves no gap", (table) => {
    when(`4242/net/${table}`, () => renameSync(join(root, "4242"), join(root, "gone")));
    const { entry, gaps } = readProcess(root, 4242, all);
    expect(entry?.fdCount).toBe(12);
    expect(gaps).toEqual([]);
  });

  it("leaves no gap where it is a zombie by the time its sockets are read", () => {
    when("4242/net/tcp6", () => {
      rmSync(join(root, "4242/net"), { recursive: true });
      writeFileSync(join(root, "4242/stat"), zombieStat(194392));
    });
    expect(readProcess(root, 4242, all).gaps).toEqual([]);
  });

  it("names the tables that a living process lacks", () => {
    rmSync(join(root, "4242/net"), { recursive: true });
    const gap = { what: `${root}/4242/net/tcp`, why: "ENOENT", pid: 4242 };
    expect(readProcess(root, 4242, all).gaps).toEqual([gap]);
  });

  it("still gives the next process of its namespace the tables", () => {
    cpSync(join(root, "4242/net"), join(root, "4260/net"), { recursive: true });
    when("4242/net/tcp", () => renameSync(join(root, "4242"), join(root, "gone")));
    const { processes, gaps } = sampleTree(root, [4242, 4260], all);
    expect(processes[1]?.fds?.[0]?.socket?.inode).toBe(1703);
    expect(gaps).toEqual([]);
  });
});

function zombieStat(startTicks: number): string {
  return `4242 (node) Z 1 1 1 0 -1 4227084 0 0 0 0 0 0 0 0 20 0 1 0 ${startTicks} 0 0 1844 0 0 0\n`;
}
