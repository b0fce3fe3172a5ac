import { describe, expect, it } from "vitest";
import { readProcess } from "../../src/proc/entry.js";
import { environHas, readEnviron } from "../../src/proc/environ.js";
import { readExecutable } from "../../src/proc/exe.js";

const isRoot = process.geteuid?.() === 0;
const nobody = 65534;

/** Runs `look` with the rights of another user. Synchronous, so that nothing else runs with them. */
function asNobody<T>(look: () => T): T {
  process.seteuid?.(nobody);
  try {
    return look();
  } finally {
    process.seteuid?.(0);
  }
}

describe.skipIf(!isRoot)("the process of another user (as root only: changes the effective user)", () => {
  it("gives what everyone may see, and a gap for each part that not", () => {
    const { entry, gaps } = asNobody(() =>
      readProcess("/proc", process.ppid, { fds: true, memory: true, sockets: true }),
    );
    expect(entry?.pid).toBe(process.ppid);
    expect(entry?.command).not.toBe("");
    expect(entry?.fds).toBeUndefined();
    expect(entry?.memory?.rssBytes).toBeGreaterThan(0);
    expect(entry?.memory?.pssBytes).toBeUndefined();
    expect(gaps).toEqual([{ what: `/proc/${process.ppid}/fd`, why: "EACCES", pid: process.ppid }]);
  });

  it("leaves no gap for the same reader with the rights", () => {
    const detail = { fds: true, memory: true, sockets: true };
    expect(readProcess("/proc", process.ppid, detail).gaps).toEqual([]);
  });

  it("keeps its environment and its program to itself", () => {
    const why = asNobody(() => [
      readEnviron("/proc", process.ppid),
      readExecutable("/proc", process.ppid),
    ]).map((reading) => (reading.ok ? "read" : reading.gap.why));
    expect(why).toEqual(["EACCES", "EACCES"]);
    expect(asNobody(() => environHas("/proc", process.ppid, `PATH=${process.env["PATH"]}`))).toBe(false);
  });
});
