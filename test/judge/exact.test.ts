import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import type { CriterionId } from "../../src/model/verdict.js";
import {
  child,
  criterion,
  file,
  type Moment,
  type Plan,
  recordOf,
  rule,
  server,
  verdicts,
  zombie,
} from "./record-builder.js";

function judge(id: CriterionId, processes: (moment: Moment) => readonly ProcessEntry[], plan: Plan = {}) {
  const result = judgeRun(recordOf({ processes, ...plan }));
  return {
    ...criterion(result, id),
    findings: result.findings.filter((finding) => finding.criterion === id),
    result,
  };
}

function children(count: number, make: (pid: number) => ProcessEntry = child): ProcessEntry[] {
  return Array.from({ length: count }, (_, index) => make(200 + index));
}

describe("processes", () => {
  test("one survivor of a thousand operations fails, exactly", () => {
    const left = judge("processes", ({ batch }) => [server(), ...children(batch >= 7 ? 1 : 0)]);
    expect(left).toMatchObject({ verdict: "fail", baseline: 1, end: 2, perOperation: 0.001, limit: 32_768 });
    expect(left.findings[0]?.summary).toBe(
      "1 process was left by 1000 operations (0.001 each): goose run (1)",
    );
    expect(left.findings[0]?.evidence).toEqual([
      "goose run (1)",
      "  pid 200 (S) goose run, parent 100",
      "baseline 1 → 1 1 1 1 1 1 2 2 2 2 → drain 2",
    ]);
  });

  test("children that are gone after the drain pass", () => {
    const gone = judge("processes", ({ batch, drained }) => [server(), ...children(drained ? 0 : batch)]);
    expect(gone).toMatchObject({
      verdict: "pass",
      baseline: 1,
      peak: 11,
      end: 1,
      perOperation: 0,
      high: expect.closeTo(0.0053, 4),
      detectable: expect.closeTo(0.0053, 4),
    });
  });

  test.each([0, 1, 2])("one that only look %i after the drain sees is passing by", (seenAt) => {
    let looks = 0;
    const processes = ({ drained }: Moment) => [server(), ...children(drained && looks++ === seenAt ? 1 : 0)];
    expect(judge("processes", processes).verdict).toBe("pass");
  });

  test("a worker that was restarted stands in for the old one; a second does not", () => {
    const worker = (pid: number) => child(pid, { command: "worker" });
    const restarted = ({ batch }: Moment) => [server(), worker(batch < 4 ? 300 : 301)];
    expect(judge("processes", restarted).verdict).toBe("pass");
    const doubled = judge("processes", ({ batch }) => [
      server(),
      worker(batch < 4 ? 300 : 301),
      ...(batch < 4 ? [] : [worker(302)]),
    ]);
    expect(doubled.findings[0]?.summary).toContain("1 process was left");
  });

  test("another program does not stand in for it", () => {
    const processes = ({ batch }: Moment) => [
      server(),
      batch < 4 ? child(300, { command: "worker" }) : child(301),
    ];
    expect(judge("processes", processes).verdict).toBe("fail");
  });

  test("a pid that was used again is another process", () => {
    const processes = ({ batch }: Moment) => [
      server(),
      child(300, batch < 4 ? { command: "a" } : { startTicks: 9 }),
    ];
    expect(judge("processes", processes).verdict).toBe("fail");
  });

  test("what is allowed is allowed, and one more is not", () => {
    const criteria = { processes: { ...rule, allow: 2 } };
    const processes =
      (count: number) =>
      ({ batch }: Moment) => [server(), ...children(batch > 0 ? count : 0)];
    expect(judge("processes", processes(2), { criteria })).toMatchObject({ verdict: "pass" });
    expect(judge("processes", processes(2), { criteria }).reason).toContain(
      "2 left, which the scenario allows",
    );
    expect(judge("processes", processes(3), { criteria })).toMatchObject({ verdict: "fail" });
  });

  test("zombies are counted under their own criterion", () => {
    expect(judge("processes", ({ batch }) => [server(), ...children(batch, zombie)]).verdict).toBe("pass");
  });

  test("an orphan alive after the stop fails", () => {
    const orphan = judge("processes", () => [server()], {
      stop: { survivors: [child(200)], graceful: false },
    });
    expect(orphan).toMatchObject({ verdict: "fail" });
    expect(orphan.findings.map(({ summary }) => summary)).toEqual([
      "1 process was still alive 5 s after SIGTERM: goose run (1)",
    ]);
  });

  test("a target that does not stop in time fails, and its last lines are shown", () => {
    const late = judge("processes", () => [server()], {
      stop: { graceful: false, tookMs: 5000, signal: "SIGKILL" },
    });
    expect(late.reason).toBe("the target did not stop within 5 s of SIGTERM");
    expect(late.findings[0]?.evidence).toEqual(["the stop took 5 s, ended by SIGKILL"]);
    expect(late.result.logTail).toEqual(["bye"]);
  });

  test("what SIGKILL does not end fails", () => {
    const stuck = judge("processes", () => [server()], { stop: { unkillable: [{ pid: 7, startTicks: 8 }] } });
    expect(stuck.reason).toBe("1 process was still there after SIGKILL");
  });

  test("without a stop nobody knows what would have survived it", () => {
    expect(judge("processes", () => [server()], { stop: null }).verdict).toBe("inconclusive");
  });

  test("where /proc hides others' processes, none seen is no proof, but one seen is", () => {
    const gaps = [{ what: "/proc", why: "hidden" }];
    expect(verdicts(judgeRun(recordOf({ gaps })))).toMatchObject({
      processes: "unchecked",
      zombies: "unchecked",
    });
    expect(judge("processes", ({ batch }) => [server(), ...children(batch)], { gaps }).verdict).toBe("fail");
  });
});

describe("zombies", () => {
  test("one that was left to init is not the target's, and is named", () => {
    const leftTo = (ppid: number) =>
      judge("zombies", ({ batch }) => [
        server(),
        ...children(batch > 0 ? 1 : 0, (pid) => ({ ...zombie(pid), ppid })),
      ]);
    expect(leftTo(100).verdict).toBe("fail");
    expect(leftTo(1).verdict).toBe("pass");
    expect(leftTo(1).result.notes).toEqual([
      "1 zombie outlived the parent and waits for pid 1, outside the target, to reap it: not counted",
    ]);
  });

  test("one in the drain that was not in the baseline fails, with its parent", () => {
    const left = judge("zombies", ({ batch }) => [server(), ...children(batch > 8 ? 1 : 0, zombie)]);
    expect(left).toMatchObject({ verdict: "fail", baseline: 0, end: 1 });
    expect(left.findings[0]?.evidence[1]).toBe("  pid 200 (Z) [goose], parent 100");
  });

  test("one that was there at the baseline already passes", () => {
    expect(judge("zombies", () => [server(), zombie(200)])).toMatchObject({
      verdict: "pass",
      baseline: 1,
      end: 1,
    });
  });

  test("one that is reaped by the drain passes", () => {
    const processes = ({ batch, drained }: Moment) => [server(), ...children(drained ? 0 : batch, zombie)];
    expect(judge("zombies", processes)).toMatchObject({ verdict: "pass", peak: 10, end: 0 });
  });

  test("a process of the baseline that became one fails", () => {
    const processes = ({ batch }: Moment) => [server(), batch < 4 ? child(200) : zombie(200)];
    expect(judge("zombies", processes).verdict).toBe("fail");
  });
});

describe("ptys", () => {
  const master = (fd: number, ptsNumber: number): FdEntry => ({ ...file(fd, "/dev/ptmx"), ptsNumber });

  test("a master left by the operations fails, and is named with its holder", () => {
    const left = judge("ptys", ({ batch }) => [server(batch === 0 ? [] : [master(43, 17)])]);
    expect(left).toMatchObject({ verdict: "fail", baseline: 0, end: 1, limit: 4096 });
    expect(left.findings[0]).toMatchObject({
      resource: "PTY master /dev/ptmx",
      summary: "1 PTY was left by 1000 operations (0.001 each): 1 master and 0 slaves held",
    });
    expect(left.findings[0]?.evidence[0]).toBe("pts/17 held by pid 100 fd 43 (master)");
  });

  test("a slave that a leaked process holds fails as well, once for all its fds", () => {
    const shell = child(200, { fds: [0, 1, 2].map((fd) => file(fd, "/dev/pts/3")) });
    const left = judge("ptys", ({ batch }) => [server(), ...(batch === 0 ? [] : [shell])]);
    expect(left).toMatchObject({ verdict: "fail", end: 1 });
    expect(left.findings[0]?.resource).toBe("PTY slave /dev/pts/N");
  });

  test("those of the baseline, and those released by the drain, pass", () => {
    const processes = ({ drained }: Moment) => [server([master(5, 1), ...(drained ? [] : [master(6, 2)])])];
    expect(judge("ptys", processes).verdict).toBe("pass");
  });

  test("a process whose fds cannot be listed might hold one", () => {
    const processes = ({ drained }: Moment) => [
      server(),
      ...(drained ? [child(200, { fds: undefined })] : []),
    ];
    expect(judge("ptys", processes).verdict).toBe("unchecked");
  });
});
