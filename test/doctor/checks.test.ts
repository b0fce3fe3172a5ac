import { describe, expect, it } from "vitest";
import { checksOf } from "../../src/doctor/checks.js";
import type { MachineFacts } from "../../src/model/doctor.js";
import { blockedOf, renderDoctor } from "../../src/report/doctor-text.js";
import { paintOf } from "../../src/report/paint.js";
import { criterionIds } from "../../src/model/verdict.js";
import { soundMachine } from "./machine.js";

const proc = (part: Partial<MachineFacts["proc"]>): Partial<MachineFacts> => ({
  proc: { ...soundMachine.proc, ...part },
});
const reports = (part: Partial<MachineFacts["reports"]>): Partial<MachineFacts> => ({
  reports: { ...soundMachine.reports, ...part },
});

/** What is missing; the check that says so; the criteria that cannot be judged for it. */
const gaps: readonly (readonly [string, Partial<MachineFacts>, string, readonly string[]])[] = [
  ["hidepid", proc({ hidden: true }), "processes", ["processes", "zombies"]],
  ["fds that cannot be listed", proc({ fds: false }), "descriptors", ["fds", "ptys"]],
  ["no smaps_rollup", proc({ memory: false }), "memory", []],
  ["no cgroup v2", { cgroup: "none" }, "cgroup v2", []],
  ["a cgroup that is read-only", { cgroup: "read-only" }, "cgroup v2", []],
  ["an old Node", { node: "v20.10.0" }, "node", []],
  ["no inspector", { inspector: false }, "inspector", ["tasks"]],
  ["no loopback", { loopback: false }, "inspector", [...criterionIds]],
  ["no strace", { straceProblem: { why: "strace cannot be run", fix: "install strace" } }, "strace", []],
  ["ptrace for nobody", { ptraceScope: 3 }, "strace", []],
  ["ptrace for root only", { ptraceScope: 2 }, "strace", []],
  ["few descriptors", { openFiles: { soft: 256, hard: 256 } }, "RLIMIT_NOFILE", []],
  ["few pids", { pids: { max: 400, used: 300 } }, "pid_max", []],
  ["no pids", { pids: { max: 400, used: 395 } }, "pid_max", [...criterionIds]],
  ["few PTYs", { ptys: { max: 64, used: 60 } }, "PTYs", []],
  ["little memory", { memory: { totalBytes: 1e9, availableBytes: 1e8 } }, "room in memory", []],
  ["reports that cannot be written", reports({ writable: false }), "disk", [...criterionIds]],
  ["a full disk", reports({ freeBytes: 1e6 }), "disk", []],
  ["a busy machine", { load: 7.5 }, "cores", []],
  ["no /proc", proc({ usable: false }), "/proc", [...criterionIds]],
  ["no Linux", { ...proc({ usable: false }), platform: "darwin" }, "/proc", [...criterionIds]],
];

describe("a gap", () => {
  it.each(gaps)("%s", (...[, missing, id, blocked]) => {
    const checks = checksOf({ ...soundMachine, ...missing });
    const found = checks.filter(({ state }) => state === "gap");
    expect(found.map((check) => check.id)).toEqual([id]);
    expect(found[0]?.costs).toBeTruthy();
    expect(found[0]?.mend).toBeTruthy();
    expect(blockedOf(checks)).toEqual(blocked);
  });

  it("is none where something is only not known, or belongs to root", () => {
    const unknown = {
      openFiles: undefined,
      pids: undefined,
      ptys: undefined,
      memory: undefined,
      ptraceScope: undefined,
    };
    const asRoot = { ...proc({ othersFds: false }), uid: 0, ptraceScope: 2 };
    for (const facts of [unknown, asRoot, proc({ othersFds: false })]) {
      expect(checksOf({ ...soundMachine, ...facts }).filter(({ state }) => state === "gap")).toEqual([]);
    }
  });
});

const costs = [
  { processes: 1, fds: 4, medianMs: 0.11, looks: 2700 },
  { processes: 100, fds: 400, medianMs: 20.7, looks: 15 },
];
const poor = {
  ...soundMachine,
  ...proc({ hidden: true, othersFds: false }),
  cgroup: "none" as const,
  container: true,
  ci: "GitHub Actions",
  openFiles: { soft: 256, hard: Number.POSITIVE_INFINITY },
};

describe("the text", () => {
  it.each([
    ["sound", soundMachine, 100],
    ["poor", poor, 100],
    ["poor-narrow", poor, 40],
  ] as const)("of a machine that is %s", async (name, facts, width) => {
    const text = renderDoctor({ facts, checks: checksOf(facts), costs }, { width, paint: paintOf(false) });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});
