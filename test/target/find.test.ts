import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/model/problem.js";
import { findPid } from "../../src/target/find-pid.js";
import { findPort } from "../../src/target/find-port.js";
import { listens, type Made, madeProc } from "./made-proc.js";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** The tool is process 90, started from the shell 80. */
const tool: readonly Made[] = [
  { pid: 1, ppid: 0, name: "systemd", rssKb: 9, cmdline: "/sbin/init\0" },
  { pid: 80, name: "bash", rssKb: 9, cmdline: "bash\0" },
  { pid: 90, ppid: 80, name: "node", rssKb: 9, cmdline: "watertight\0", netNamespace: "1" },
];

function search(...others: readonly Made[]): { procRoot: string; self: number } {
  const ids = new Set(others.map(({ pid }) => pid));
  const procRoot = madeProc(...tool.filter(({ pid }) => !ids.has(pid)), ...others);
  roots.push(procRoot);
  return { procRoot, self: 90 };
}

function problemOf(look: () => unknown): string {
  try {
    look();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.exitCode, error.message, error.why, error.fix].join(" | ");
  }
  return "none";
}

const server: Made = { pid: 100, rssKb: 9, cmdline: "server\0" };

describe("a pid", () => {
  it("is the process that has it", () => {
    expect(findPid(search(server), 100)).toMatchObject({ pid: 100, startTicks: 100 });
  });

  it.each<[string, Made, RegExp]>([
    ["is not there", { ...server, pid: 101 }, /^4 \| there is no process 100 \| .*hidden.* \| .*ps -e/],
    [
      "has exited",
      { ...server, state: "Z" },
      /^4 \| process 100 \(server\) has exited already \| .*parent 1 /,
    ],
    [
      "is a thread of the kernel",
      { pid: 100, ppid: 2, name: "kworker/0:1" },
      /^2 \| .*kworker.* is a thread of the kernel/,
    ],
  ])("that %s", (_, made, text) => {
    const where = search(made);
    expect(problemOf(() => findPid(where, 100))).toMatch(text);
  });

  it("of the tool itself, or of a shell above it, is refused", () => {
    const where = search();
    expect(problemOf(() => findPid(where, 90))).toMatch(/^2 \| process 90 is watertight itself/);
    expect(problemOf(() => findPid(where, 80))).toMatch(
      /^2 \| watertight was started below process 80 \(bash\)/,
    );
    expect(problemOf(() => findPid(where, 1))).toMatch(/^2 \| watertight was started below process 1 /);
  });
});

describe("a port", () => {
  const self = (...tcp: string[]): Made => ({
    pid: 90,
    ppid: 80,
    name: "node",
    rssKb: 9,
    netNamespace: "1",
    tcp,
  });
  const holds = (pid: number, inode: number, more: Partial<Made> = {}): Made => ({
    pid,
    rssKb: 9,
    cmdline: "server\0",
    fds: ["/dev/null", `socket:[${inode}]`],
    ...more,
  });
  const found = (where: { procRoot: string; self: number }): number[] =>
    findPort(where, 8080).map(({ pid }) => pid);

  it("is of all that hold its sockets: a master with its workers, and workers with sockets of their own", () => {
    const shared = search(self(listens(8080, { inode: 7 })), holds(100, 7), holds(101, 7, { ppid: 100 }));
    expect(found(shared)).toEqual([100, 101]);
    const [one, other] = [listens(8080, { inode: 7 }), listens(8080, { inode: 8 })];
    expect(found(search(self(one, other), holds(100, 7), holds(101, 8), holds(102, 9)))).toEqual([100, 101]);
  });

  it("is not of the service manager that made the socket", () => {
    const init = holds(1, 7, { ppid: 0, name: "systemd" });
    const where = search(self(listens(8080, { inode: 7 })), { ...init }, holds(100, 7));
    expect(found(where)).toEqual([100]);
  });

  it("that nobody listens on", () => {
    const where = search(self(listens(80, { inode: 7 })), holds(100, 7));
    expect(problemOf(() => findPort(where, 8080))).toMatch(
      /^4 \| nobody listens on port 8080 \| .* \| .*ss -ltnp/,
    );
  });

  it("whose listener is another user's", () => {
    const where = search(self(listens(8080, { inode: 7, uid: 1001 })));
    expect(problemOf(() => findPort(where, 8080))).toMatch(
      /^4 \| cannot see who listens on port 8080 \| its socket belongs to uid 1001, you are uid \d+.* \| run as root( with CAP_SYS_PTRACE)? or as uid 1001/,
    );
  });

  it("of another network namespace", () => {
    const there = holds(100, 7, { netNamespace: "2", tcp: [listens(8080, { inode: 7 })] });
    const where = search(self(), there);
    expect(problemOf(() => findPort(where, 8080))).toMatch(
      /^4 \| nobody listens on port 8080 here \| in the network namespace of process 100 .* \| .*nsenter -t 100 -n/,
    );
  });

  it("that a process above the tool holds alone", () => {
    const shell = holds(80, 7, { name: "bash" });
    const where = search(self(listens(8080, { inode: 7 })), shell);
    expect(problemOf(() => findPort(where, 8080))).toMatch(/^2 \| port 8080 is held by 80 \(bash\)/);
  });
});
