import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import {
  child,
  criterion,
  file,
  files,
  type Moment,
  type Plan,
  recordOf,
  rule,
  server,
  socket,
} from "./record-builder.js";

const standard = [file(0, "/dev/null"), file(1, "/var/log/out")];

function judge(fdsAt: (moment: Moment) => readonly FdEntry[], plan: Plan = {}) {
  const result = judgeRun(recordOf({ processes: (moment) => [server(fdsAt(moment))], ...plan }));
  return {
    fds: criterion(result, "fds"),
    findings: result.findings.filter(({ criterion }) => criterion === "fds"),
  };
}

test("one leaked in ten operations is found and named, with what is left until the limit", () => {
  const { fds, findings } = judge(({ batch }) => [...standard, ...files(10, 10 * batch)]);
  expect(fds).toMatchObject({
    verdict: "fail",
    baseline: 2,
    peak: 102,
    end: 102,
    perOperation: 0.1,
    limit: 1024,
  });
  expect(fds.hoursToExhaustion).toBeCloseTo((1024 - 102) / (0.1 * 120), 6);
  expect(findings).toEqual([
    {
      criterion: "fds",
      resource: "file descriptor /tmp/x",
      summary: "100 file descriptors were left by 1000 operations (0.1 each): /tmp/x (100)",
      evidence: [
        "/tmp/x (100)",
        "  pid 100 fd 10 /tmp/x",
        "  pid 100 fd 11 /tmp/x",
        "  pid 100 fd 12 /tmp/x",
        "baseline 2 → 12 22 32 42 52 62 72 82 92 102 → drain 102",
      ],
      next: "Find where these are opened, and close them on every path, errors and disconnects included.",
      left: expect.any(Array),
    },
  ]);
  expect(findings[0]?.left).toHaveLength(100);
});

test("its clean twin passes and states its power", () => {
  const { fds, findings } = judge(() => standard);
  expect(fds).toMatchObject({
    verdict: "pass",
    baseline: 2,
    end: 2,
    perOperation: 0,
    high: expect.closeTo(0.0053, 4),
  });
  expect(fds.reason).toContain("anything above 1 per 188 operations would have been seen");
  expect(findings).toEqual([]);
});

test("a rare leak of twenty in a thousand operations is found", () => {
  const { fds } = judge(({ batch }) => [...standard, ...files(10, 2 * batch)]);
  expect(fds.verdict).toBe("fail");
});

test("two closed and two leaked in each batch is a leak, though the count is flat", () => {
  const held = files(10, 40, "/tmp/held");
  const { fds, findings } = judge(({ batch }) => [
    ...standard,
    ...held.slice(2 * batch),
    ...files(100, 2 * batch, "/tmp/leaked"),
  ]);
  expect(fds).toMatchObject({ verdict: "fail", baseline: 42, end: 42 });
  expect(findings[0]?.resource).toBe("file descriptor /tmp/leaked");
});

test("a log file that is rotated is replaced, not leaked", () => {
  const { fds } = judge(({ batch }) => [file(0, "/dev/null"), file(5 + batch, `/var/log/out.${batch}`)]);
  expect(fds.verdict).toBe("pass");
  expect(fds.reason).toContain("1 file descriptor replaced by others of the kind");
});

test("a socket that reconnects is replaced, another one beside it is a step", () => {
  const { fds } = judge(({ batch }) => [...standard, socket(9, 1000 + batch, "ESTABLISHED")]);
  expect(fds.verdict).toBe("pass");
  const more = judge(({ batch }) => [
    ...standard,
    socket(9, batch < 4 ? 1 : 2, "ESTABLISHED"),
    ...(batch < 4 ? [] : [socket(10, 3, "ESTABLISHED")]),
  ]);
  expect(more.fds).toMatchObject({ verdict: "pass", shape: "one-off step", baseline: 3, end: 4 });
  expect(more.fds.reason).toMatch(
    /^1 file descriptor replaced by others of the kind; .*a one-off step, not a leak/,
  );
});

test("a slow release is no leak", () => {
  const { fds } = judge(({ batch, drained }) => [
    ...standard,
    ...(drained ? [] : files(10, Math.min(batch, 1) * 15)),
  ]);
  expect(fds.verdict).toBe("pass");
  expect(fds.reason).toContain("15 given back only in the drain");
});

test("sockets that the peer has closed are named as such", () => {
  const { findings } = judge(({ batch }) => [
    ...standard,
    ...Array.from({ length: batch * 3 }, (_, index) => socket(101 + 2 * index, 500 + index, "CLOSE_WAIT")),
  ]);
  expect(findings[0]?.summary).toContain("socket tcp CLOSE_WAIT (30)");
  expect(findings[0]?.next).toContain("The peer has closed and the server has not");
});

test("what a leaked process holds belongs to the processes", () => {
  const processes = ({ batch }: Moment): ProcessEntry[] => [
    server(standard),
    ...Array.from({ length: batch }, (_, index) => child(200 + index)),
  ];
  const result = judgeRun(recordOf({ processes }));
  expect(criterion(result, "fds").verdict).toBe("pass");
  expect(criterion(result, "processes").verdict).toBe("fail");
});

describe("the peak", () => {
  test("above half the soft limit fails, also between two points", () => {
    const { fds, findings } = judge(() => standard, { ticks: [{ fdsOfLargest: 513 }] });
    expect(fds).toMatchObject({ verdict: "fail", peak: 513, end: 2 });
    expect(findings.map(({ summary }) => summary)).toEqual([
      "a process held 513 file descriptors at its peak, more than 50% of its soft limit 1024",
    ]);
  });

  test("at half the soft limit passes", () => {
    expect(judge(() => standard, { ticks: [{ fdsOfLargest: 512 }] }).fds.verdict).toBe("pass");
  });

  test("without a soft limit nothing is said to be below it", () => {
    const processes = () => [server(standard, { softFdLimit: undefined })];
    const result = judgeRun(recordOf({ processes }));
    expect(criterion(result, "fds")).toMatchObject({ verdict: "unchecked", limit: undefined });
  });

  test("without a share it does not matter", () => {
    const plan: Plan = { ticks: [{ fdsOfLargest: 1000 }], criteria: { fds: rule } };
    expect(judge(() => standard, plan).fds.verdict).toBe("pass");
  });

  test("is judged even where the fds cannot be listed", () => {
    const processes = () => [server([], { fds: undefined, fdCount: 900 })];
    expect(criterion(judgeRun(recordOf({ processes })), "fds").verdict).toBe("fail");
  });
});

describe("not measured is never a pass", () => {
  test("fds that cannot be listed are unchecked, with the gap", () => {
    const gaps = [{ what: "/proc/100/fd", why: "EACCES", pid: 100 }];
    const processes = () => [server([], { fds: undefined, fdCount: 9 })];
    const result = judgeRun(recordOf({ processes, gaps }));
    const reason =
      "file descriptors not read: /proc/100/fd: EACCES, it is another user's: run as that user, or as root (in a container with CAP_SYS_PTRACE)";
    expect(criterion(result, "fds")).toMatchObject({ verdict: "unchecked", reason });
    expect(criterion(result, "ptys").verdict).toBe("unchecked");
  });

  test("a target that is gone at the drain is unchecked", () => {
    const processes = ({ drained }: Moment) => (drained ? [] : [server(standard)]);
    const { verdict, reason } = criterion(judgeRun(recordOf({ processes })), "fds");
    expect(verdict).toBe("unchecked");
    expect(reason).toContain("no process of the baseline was there any more");
  });

  test("batches that could not be read do not count as points", () => {
    const processes = ({ batch, drained }: Moment) => [
      server(standard, batch > 5 && !drained ? { fds: undefined } : {}),
    ];
    const result = judgeRun(recordOf({ processes }));
    const reason = "it could be read at only 5 of 10 quiescent points; see why in the notes";
    expect(criterion(result, "fds")).toMatchObject({ verdict: "inconclusive", reason });
  });
});
