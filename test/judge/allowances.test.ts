import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { builtInAllowances } from "../../src/judge/built-in-allowances.js";
import type { FdEntry } from "../../src/model/resource.js";
import type { RunRecord } from "../../src/model/record.js";
import type { Allowance } from "../../src/model/scenario.js";
import {
  child,
  criterion,
  file,
  files,
  type Plan,
  recordOf,
  server,
  socket,
  zombie,
} from "./record-builder.js";

const standard = [file(0, "/dev/null"), file(1, "/var/log/out")];
const perOperation = (batch: number) => files(10, 10 * batch);

function allowing(allow: readonly Partial<Allowance>[], plan: Plan, more: Partial<RunRecord> = {}) {
  const record = recordOf(plan);
  const full = allow.map(
    (each): Allowance => ({ kind: "fd", pattern: "^/tmp/x$", reason: "made up", ...each }),
  );
  const scenario = { ...record.run.scenario, allow: full };
  return judgeRun({ ...record, run: { ...record.run, scenario }, ...more });
}

const leakingFds: Plan = { processes: ({ batch }) => [server([...standard, ...perOperation(batch)])] };
const withFds = (fds: (batch: number) => readonly FdEntry[]): Plan => ({
  processes: ({ batch }) => [server([...standard, ...fds(batch)])],
});
const first = (result: ReturnType<typeof judgeRun>) => result.allowances[0];

describe("an allowance for fds", () => {
  test("leaves out all that matches, and the pass says so", () => {
    const result = allowing([{}], leakingFds);
    expect(result.allowances).toEqual([
      { what: "fd ^/tmp/x$", reason: "made up", builtIn: false, used: 100, state: "used" },
    ]);
    const fds = criterion(result, "fds");
    expect(fds).toMatchObject({ verdict: "pass", baseline: 2, end: 2 });
    expect(fds.reason).toMatch(/left out of that, since it is allowed: 100 of fd \^\/tmp\/x\$$/);
  });

  test("that matches nothing is unused, and hides nothing", () => {
    const result = allowing([{ pattern: "^/tmp/y" }], leakingFds);
    expect(first(result)).toMatchObject({ used: 0, state: "unused" });
    expect(criterion(result, "fds")).toMatchObject({ verdict: "fail", end: 102 });
  });

  test("with a count excuses so many, and the surplus counts", () => {
    const result = allowing([{ count: 30 }], leakingFds);
    expect(first(result)).toMatchObject({ used: 30, state: "over" });
    expect(criterion(result, "fds")).toMatchObject({ verdict: "fail", end: 72 });
    expect(result.findings[0]?.left).toHaveLength(70);
    // What came first is excused: of a pool these are the members.
    expect(result.findings[0]?.left[0]).toMatchObject({ entry: { fd: 40 } });
  });

  test.each([
    [3, "used", "pass"],
    [4, "used", "pass"],
    [2, "over", "pass"],
  ] as const)("of three that came early, with count %i, is %s", (count, state, verdict) => {
    const result = allowing(
      [{ count }],
      withFds((batch) => (batch > 0 ? files(10, 3) : [])),
    );
    expect(first(result)).toMatchObject({ used: Math.min(3, count), state });
    expect(criterion(result, "fds").verdict).toBe(verdict);
  });

  test("does not use itself up on what was there at the baseline", () => {
    const result = allowing(
      [{ count: 1 }],
      withFds((batch) => files(10, batch > 2 ? 4 : 3)),
    );
    expect(first(result)).toMatchObject({ used: 1, state: "used" });
  });

  test("by the peer of a socket", () => {
    const database = (fd: number): FdEntry => {
      const entry = socket(fd, 1000 + fd, "ESTABLISHED");
      return { ...entry, socket: entry.socket && { ...entry.socket, peer: "10.0.0.7:5432" } };
    };
    const plan = withFds((batch) => Array.from({ length: 4 * batch }, (_, index) => database(20 + index)));
    expect(criterion(allowing([{ kind: "peer", pattern: ":5432$" }], plan), "fds").verdict).toBe("pass");
    expect(criterion(allowing([{ kind: "peer", pattern: ":5433$" }], plan), "fds").verdict).toBe("fail");
  });

  test("by target and by peer, in the order of the file", () => {
    const plan = withFds((batch) =>
      Array.from({ length: batch }, (_, index) => socket(20 + index, 1000 + index, "ESTABLISHED")),
    );
    const byTarget = { pattern: "^socket:" };
    const byPeer = { kind: "peer" as const, pattern: "^127" };
    const used = (allow: readonly Partial<Allowance>[]) =>
      allowing(allow, plan).allowances.map(({ used }) => used);
    expect(used([byTarget, byPeer])).toEqual([10, 0]);
    expect(used([byPeer, byTarget])).toEqual([10, 0]);
  });

  test("covers the PTY behind it", () => {
    const master = (number: number): FdEntry => ({
      fd: 50 + number,
      target: "/dev/ptmx",
      inode: 9,
      ptsNumber: number,
    });
    const plan = withFds((batch) => Array.from({ length: batch }, (_, index) => master(index)));
    expect(criterion(allowing([], plan), "ptys").verdict).toBe("fail");
    const result = allowing([{ pattern: "^/dev/ptmx$" }], plan);
    expect(result.verdict).toBe("pass");
    for (const id of ["fds", "ptys"] as const)
      expect(criterion(result, id).reason).toContain("10 of fd ^/dev/ptmx$");
  });

  test("the first that matches is used, and what it does not cover goes to the next", () => {
    const result = allowing([{ count: 60 }, { pattern: "/x", reason: "another" }], leakingFds);
    expect(result.allowances.map(({ used, state }) => [used, state])).toEqual([
      [60, "used"],
      [40, "used"],
    ]);
    expect(criterion(result, "fds").verdict).toBe("pass");
  });
});

describe("an allowance that ends", () => {
  const startedAt = (day: string) => {
    const record = recordOf(leakingFds);
    return { run: { ...record.run, startedAtMs: Date.parse(day) } };
  };
  const onDay = (day: string) => {
    const { run } = startedAt(day);
    const allow: Allowance[] = [{ kind: "fd", pattern: "^/tmp/x$", reason: "made up", until: "2027-01-31" }];
    return judgeRun({ ...recordOf(leakingFds), run: { ...run, scenario: { ...run.scenario, allow } } });
  };

  test.each([
    ["2027-01-31T23:59:59.999Z", "used", "pass"],
    ["2027-02-01T00:00:00.000Z", "expired", "fail"],
  ] as const)("at %s is %s", (day, state, verdict) => {
    const result = onDay(day);
    expect(first(result)?.state).toBe(state);
    expect(criterion(result, "fds").verdict).toBe(verdict);
  });
});

describe("an allowance for a command", () => {
  const pty: FdEntry = { fd: 0, target: "/dev/pts/7", inode: 3 };
  const agent = (pid: number) =>
    child(pid, { command: "ssh-agent -s", name: "ssh-agent", fds: [pty], fdCount: 1 });
  const agents = (count: number) => Array.from({ length: count }, (_, index) => agent(300 + index));

  test("covers the process and its PTYs, up to its count", () => {
    const plan: Plan = { processes: ({ batch }) => [server(standard), ...agents(batch > 0 ? 2 : 0)] };
    expect(allowing([], plan).verdict).toBe("fail");
    const result = allowing([{ kind: "command", pattern: "^ssh-agent", count: 2 }], plan);
    expect(result.verdict).toBe("pass");
    expect(first(result)).toMatchObject({ used: 2, state: "used" });
    const one = allowing([{ kind: "command", pattern: "^ssh-agent", count: 1 }], plan);
    expect(criterion(one, "processes")).toMatchObject({ verdict: "fail", end: 2 });
    expect(first(one)?.state).toBe("over");
  });

  test("covers its zombies: by the command line that they had, and its own children", () => {
    const plan: Plan = {
      processes: ({ batch }) => {
        if (batch === 0) return [server(standard)];
        const late = { ...zombie(301), name: "ssh-agent" };
        const grandchild = { ...zombie(302), ppid: 300 };
        return batch < 3
          ? [server(standard), ...agents(2)]
          : [server(standard), agent(300), late, grandchild];
      },
    };
    expect(criterion(allowing([], plan), "zombies").verdict).toBe("fail");
    const result = allowing([{ kind: "command", pattern: "^ssh-agent -s$" }], plan);
    expect(result.verdict).toBe("pass");
    expect(result.notes).toEqual([]);
  });

  test("does not cover the server itself, whatever its command line", () => {
    const result = allowing([{ kind: "command", pattern: "." }], leakingFds);
    expect(criterion(result, "fds")).toMatchObject({ verdict: "fail", end: 102 });
    expect(first(result)?.state).toBe("unused");
  });

  test("covers what outlives the stop, but for the server", () => {
    const stop = { survivors: [agent(300)], graceful: false };
    const plan: Plan = { processes: () => [server(standard)], stop };
    expect(allowing([], plan).verdict).toBe("fail");
    const result = allowing([{ kind: "command", pattern: "^ssh-agent" }], plan);
    expect(result.verdict).toBe("pass");
    expect(result.logTail).toEqual([]);
    const stubborn: Plan = { ...plan, stop: { survivors: [server(standard)], graceful: false } };
    const started = { type: "started", atMs: 0, pid: 100, tookMs: 1, follow: "cgroup", probes: [] } as const;
    const all = allowing([{ kind: "command", pattern: "." }], stubborn, { started });
    expect(all.verdict).toBe("fail");
  });
});

describe("an allowance for tasks", () => {
  const page =
    (count: number): Plan["probes"] & object =>
    ({ batch }) => [
      {
        probe: "go",
        pid: 100,
        tasks: 10 + (batch > 0 ? count * batch : 0),
        tasksByType: { "net/http.(*Transport).dialConn": batch > 0 ? count * batch : 0, "main.serve": 10 },
        gaps: [],
      },
    ];
  const plan: Plan = { processes: () => [server(standard)], probes: page(5) };

  test("leaves out those made there", () => {
    expect(criterion(allowing([], plan), "tasks").verdict).toBe("fail");
    const result = allowing([{ kind: "stack", pattern: "Transport" }], plan);
    expect(criterion(result, "tasks")).toMatchObject({ verdict: "pass", end: 10 });
    expect(first(result)).toMatchObject({ used: 50, state: "used" });
  });

  test("as far as its count goes", () => {
    const result = allowing([{ kind: "stack", pattern: "Transport", count: 20 }], plan);
    expect(criterion(result, "tasks")).toMatchObject({ verdict: "fail", end: 40 });
    expect(first(result)).toMatchObject({ used: 20, state: "over" });
  });
});

describe("a built-in allowance", () => {
  const targets = { inotify: "anon_inode:inotify", eventpoll: "anon_inode:[eventpoll]" };

  test.each(Object.entries(targets))("covers one %s that comes late, and is shown", (_, target) => {
    const result = judgeRun(recordOf(withFds((batch) => (batch > 6 ? [file(30, target)] : []))));
    expect(criterion(result, "fds").verdict).toBe("pass");
    expect(result.allowances).toMatchObject([{ builtIn: true, used: 1, state: "used" }]);
  });

  test.each([...Object.values(targets), "anon_inode:[eventfd]", "anon_inode:[io_uring]"])(
    "does not hide a leak of %s",
    (target) => {
      const result = judgeRun(recordOf(withFds((batch) => files(30, 2 * batch, target))));
      expect(criterion(result, "fds").verdict).toBe("fail");
      expect(result.allowances).toMatchObject([{ builtIn: true, state: "over" }]);
      expect(result.findings[0]?.resource).toBe(`file descriptor ${target}`);
    },
  );

  test("is not shown where it is not used", () =>
    expect(judgeRun(recordOf(leakingFds)).allowances).toEqual([]));

  test("is not used up, nor needed, where a restarted worker opens anew what the old one had", () => {
    const own = (late: number) => [...standard, ...files(20, 1 + late, targets.inotify)];
    const worker = (batch: number, late: number) =>
      server(own(late), { pid: batch > 4 ? 200 : 100, startTicks: batch > 4 ? 9000 : 5000 });
    const restarted = (late: number): Plan => ({
      processes: ({ batch }) => [worker(batch, batch > 6 ? late : 0)],
    });
    expect(judgeRun(recordOf(restarted(0))).allowances).toEqual([]);
    expect(judgeRun(recordOf(restarted(1))).allowances).toMatchObject([{ used: 1, state: "used" }]);
    expect(judgeRun(recordOf(restarted(2))).allowances).toMatchObject([{ used: 1, state: "over" }]);
  });

  test("has a reason and a small count, and a pattern that is one", () => {
    for (const { pattern, reason, perProcess } of builtInAllowances) {
      expect(() => new RegExp(pattern)).not.toThrow();
      expect(pattern).toMatch(/^\^.*\$$/);
      expect(reason.length).toBeGreaterThan(20);
      expect(perProcess).toBeLessThanOrEqual(2);
    }
  });
});

test("a pattern that is none, from a record of elsewhere, matches nothing", () => {
  const result = allowing([{ pattern: "(" }], leakingFds);
  expect(first(result)?.state).toBe("unused");
  expect(criterion(result, "fds").verdict).toBe("fail");
});

test("a pattern that would take for ever elsewhere takes no time here", () => {
  const evil = `/${"foobarbaz".repeat(400)}`;
  const plan = withFds((batch) => files(10, 10 * batch, evil));
  expect(first(allowing([{ pattern: "(.*foo.*bar.*baz.*)+qux" }], plan))?.state).toBe("unused");
});
