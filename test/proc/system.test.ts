import { describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { readExecutable } from "../../src/proc/exe.js";
import { listPids, listThreads } from "../../src/proc/pids.js";
import {
  isProcUsable,
  readBootId,
  readKernelRelease,
  readMemoryTotal,
  readPidMax,
  readPtyCount,
  readPtyMax,
  readUptimeMs,
} from "../../src/proc/system.js";
import { frozen } from "./frozen.js";

const server = frozen("server");

describe("system", () => {
  it("reads the ceilings", () => {
    expect(valueOf(readPidMax(server))).toBe(32768);
    expect(valueOf(readPtyMax(server))).toBe(4096);
    expect(valueOf(readPtyCount(server))).toBe(3);
    expect(valueOf(readBootId(server))).toBe("0f4e1d7c-7a43-4bb3-9d7d-0d9b6d9f2f61");
    expect(valueOf(readKernelRelease(server))).toBe("6.18.44");
    expect(valueOf(readMemoryTotal(server))).toBe(24684084 * 1024);
    expect(valueOf(readUptimeMs(server))).toBe(8_143_520);
  });

  it("names what is missing or malformed", () => {
    const root = frozen("malformed");
    const what = `${root}/sys/kernel/pid_max`;
    expect(readPidMax(root)).toEqual({ ok: false, gap: { what, why: "malformed: many\n" } });
    expect(readUptimeMs(root)).toMatchObject({ ok: false, gap: { why: "malformed: up 4 days" } });
    expect(readPtyMax(root)).toMatchObject({ ok: false, gap: { why: "ENOENT" } });
  });

  it("knows a usable /proc", () => {
    expect(isProcUsable("/proc")).toBe(true);
    expect(isProcUsable(server)).toBe(true);
    expect(isProcUsable(frozen("hidden"))).toBe(false);
    expect(isProcUsable(frozen("malformed"))).toBe(false);
  });
});

describe("listPids", () => {
  it("lists what is a pid, ascending", () => {
    expect(valueOf(listPids(server))).toEqual([1, 4242, 4243, 4250, 4251, 4260]);
  });

  it("does not take a list without init for a list of all", () => {
    const root = frozen("hidden");
    expect(listPids(root)).toEqual({ ok: false, gap: { what: root, why: "hidden" } });
  });

  it("lists its own process, and all threads of it", () => {
    expect(valueOf(listPids("/proc"))).toContain(process.pid);
    expect(valueOf(listThreads("/proc", process.pid))).toContain(process.pid);
    expect(valueOf(listThreads("/proc", process.pid))?.length).toBeGreaterThan(1);
  });

  it("names a missing mount", () => {
    expect(listPids(`${server}/none`)).toMatchObject({ gap: { why: "ENOENT" } });
  });
});

describe("readExecutable", () => {
  it("is the program that runs", () => {
    expect(valueOf(readExecutable("/proc", process.pid))).toBe(process.execPath);
    expect(readExecutable(server, 4242)).toMatchObject({ gap: { why: "ENOENT", pid: 4242 } });
  });
});
