import { describe, expect, it } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { account } from "../../src/ledger/account.js";
import type { RunRecord } from "../../src/model/record.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { CriterionId } from "../../src/model/verdict.js";
import { shapes } from "../long/watch/shapes.js";
import { type Plan, simulate, type WatchShape } from "../long/watch/simulate.js";
import { criterion, socket, zombie } from "./record-builder.js";

const minute = 60;

/** Six sessions at a time, each of half a minute, at a server that has run for some time. */
const busy: Plan = {
  forSeconds: 30 * minute,
  everySeconds: 10,
  ageSeconds: 20 * minute,
  most: 1 / 5,
  rate: () => 1 / 5,
  duration: (random) => -30 * Math.log(1 - random.uniform()),
  collectEvery: 20,
};

function watched(over: Partial<Plan> = {}, seed = 1): RunRecord {
  return simulate({ plan: () => ({ ...busy, ...over }) }, ["watched", seed]).record;
}

function verdictOf(record: RunRecord, id: CriterionId) {
  return criterion(judgeRun(record), id);
}

/** Changes what the server is at each look; looks are counted from 0. */
function changed(
  record: RunRecord,
  change: (processes: readonly ProcessEntry[], look: number) => ProcessEntry[],
) {
  const snapshots = record.snapshots.map((look, index) => ({
    ...look,
    processes: change(look.processes, index),
  }));
  return { ...record, snapshots };
}

/** A third of the watch is enough to see that nothing is amiss. */
function shortened({ plan }: WatchShape): Pick<WatchShape, "plan"> {
  return {
    plan: (random) => {
      const whole = plan(random);
      return { ...whole, forSeconds: 10 * minute, ageSeconds: Math.min(whole.ageSeconds, 30 * minute) };
    },
  };
}

const quiet = { rate: () => 0, uses: "none" };

describe("a healthy server under a load that nobody paces", () => {
  it.each(shapes.filter(({ label }) => label === "healthy"))("$name does not fail", (shape) => {
    const { criteria } = judgeRun(simulate(shortened(shape), ["healthy", shape.name]).record);
    expect(criteria.filter(({ verdict }) => verdict === "fail")).toEqual([]);
  });

  it("passes, and says what would have been seen by the hour", () => {
    const record = watched({ uses: "pipes" });
    const { verdict, reason, per, detectable = 0 } = verdictOf(record, "fds");
    expect(verdict).toBe("pass");
    expect(reason).toMatch(/anything above [\d.]+ per hour would have been seen/);
    expect(per).toBe("second");
    expect(detectable * 3600).toBeLessThan(30);
    expect(verdictOf(record, "zombies")).toMatchObject({
      verdict: "pass",
      detectable: expect.closeTo(5.3 / 1800, 4),
    });
  });

  it("is judged by the operation where a metric counts them", () => {
    const record = watched();
    const { criteria } = judgeRun({
      ...record,
      run: { ...record.run, watched: { unit: "operations" } },
      snapshots: record.snapshots.map((look) => ({ ...look, operations: 5 * look.operations })),
    });
    const zombies = criteria.find(({ id }) => id === "zombies");
    expect(zombies?.per).toBeUndefined();
    expect(zombies?.reason).toMatch(/1 per 1698 operations would have been seen/);
  });
});

describe("a leak under a load that nobody paces", () => {
  it.each<[string, Partial<Plan>, readonly [CriterionId, string]]>([
    ["fds by time", { leaksPerHour: 600 }, ["fds", "file descriptor /dev/null"]],
    ["fds by session", { uses: "file", leaks: { fd: 0.3 } }, ["fds", "file descriptor /dev/null"]],
    ["PTYs", { uses: "agent", leaks: { pty: 0.3 } }, ["ptys", "PTY master /dev/ptmx"]],
    ["processes", { uses: "agent", leaks: { process: 0.3 } }, ["processes", "process agent run"]],
    ["zombies", { uses: "agent", leaks: { zombie: 0.1 } }, ["zombies", "zombie [agent]"]],
    [
      "half-closed connections",
      { leaks: { closeWait: 0.1 } },
      ["fds", "file descriptor socket tcp CLOSE_WAIT"],
    ],
    ["tasks", { leaksPerHour: 1200, leakKind: "task" }, ["tasks", "threads"]],
    [
      "fds of a server just started",
      { leaksPerHour: 1200, ageSeconds: 30 },
      ["fds", "file descriptor /dev/null"],
    ],
  ])("of %s fails and is named", (_, over, [id, resource]) => {
    const record = watched(over);
    const { verdict, findings } = account(record);
    expect(verdictOf(record, id).verdict).toBe("fail");
    expect(verdict).toBe("fail");
    expect(findings.find(({ criteria }) => criteria.includes(id))?.resources).toContainEqual(
      expect.objectContaining({ resource }),
    );
  });

  it("tells how fast and until when", () => {
    const { criteria, findings } = account(watched({ leaksPerHour: 600 }));
    const fds = criteria.find(({ id }) => id === "fds");
    expect((fds?.perOperation ?? 0) * 3600).toBeGreaterThan(500);
    expect((fds?.perOperation ?? 0) * 3600).toBeLessThan(700);
    expect(fds?.hoursToExhaustion).toBeGreaterThan(60);
    expect(findings[0]?.summary).toMatch(/file descriptors were left in 30 min of watching \(\d+ per hour\)/);
    expect(findings[0]?.by).toBeUndefined();
  });

  it("of a server just started is counted from when its warm-up is over", () => {
    const { perOperation = 0 } = verdictOf(watched({ leaksPerHour: 1200, ageSeconds: 30 }), "fds");
    expect(perOperation * 3600).toBeGreaterThan(1000);
    expect(perOperation * 3600).toBeLessThan(1400);
  });

  it("of one a second is seen within two minutes", () => {
    const record = watched({ leaksPerHour: 3600, forSeconds: 2 * minute });
    expect(verdictOf(record, "fds")).toMatchObject({
      verdict: "fail",
      reason: expect.stringContaining("/dev/null"),
    });
  });

  it("is not what a restarted worker holds once it is busy again", () => {
    const shape = shapes.find(({ name }) => name === "worker restarts");
    const record = shape && simulate(shape, ["20261124", shape.name, 38]).record;
    expect(record && verdictOf(record, "tasks").verdict).not.toBe("fail");
  });

  it("is one finding where one cause leaves several things", () => {
    const { findings } = account(watched({ uses: "agent", leaks: { pty: 0.3 } }));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.criteria).toEqual(["fds", "ptys"]);
  });

  it("of memory fails once the collector has shown its floor", () => {
    const leak = { memory: 1, bytes: 400_000 };
    const garbage = { most: 1 / 3, rate: () => 1 / 3, garbageBytes: 2 ** 20, collectEvery: 90 };
    expect(verdictOf(watched({ leaks: leak, ...garbage }), "memory").verdict).toBe("fail");
    const without = verdictOf(watched({ leaks: { memory: 1, bytes: 200_000 } }), "memory");
    expect(without.verdict).toBe("inconclusive");
    expect(without.reason).toMatch(/garbage that was not collected yet: .* of watching would tell/);
  });
});

describe("what cannot be told", () => {
  it("is inconclusive where the load rises, with what would settle it", () => {
    const rate = (at: number) => 0.1 + 0.9 * Math.max(0, at / busy.forSeconds);
    const { verdict, reason } = verdictOf(watched({ most: 1, rate }), "fds");
    expect(verdict).toBe("inconclusive");
    expect(reason).toMatch(/open connections rose from [\d.]+ to [\d.]+ on average/);
    expect(reason).toMatch(/watch longer, or under a steady load, or with `run --attach`/);
  });

  it("is inconclusive where connections are left open: they are the clients' to close", () => {
    const { verdict, reason } = verdictOf(watched({ leaks: { connection: 0.3 } }), "fds");
    expect(verdict).toBe("inconclusive");
    expect(reason).toMatch(/\d+ of them older than half of the watch/);
  });

  it("is inconclusive after too few looks", () => {
    const { verdict, reason } = verdictOf(watched({ forSeconds: 20 }), "processes");
    expect(verdict).toBe("inconclusive");
    expect(reason).toBe("only 5 looks in the watch, 6 are needed: watch longer");
  });

  it("is unchecked where it cannot be read", () => {
    const record = changed(watched(quiet), (processes) =>
      processes.map((entry) => ({ ...entry, fds: undefined, fdCount: undefined })),
    );
    expect(verdictOf(record, "fds").verdict).toBe("unchecked");
    expect(verdictOf(record, "ptys").verdict).toBe("unchecked");
  });
});

describe("what a sound server ends at once", () => {
  it.each<[string, (look: number) => number, "pass" | "fail"]>([
    ["a zombie at a single look", (look) => (look === 50 ? 1 : 0), "pass"],
    ["one for two thirds of the watch", (look) => (look > 60 ? 1 : 0), "fail"],
    ["one for the last minute", (look) => (look > 179 ? 1 : 0), "pass"],
    ["three from the last minutes", (look) => Math.max(0, Math.min(3, look - 165)), "fail"],
    ["those that are reaped each five minutes", (look) => Math.floor((look % 30) / 10), "pass"],
    ["one that was there before", () => 1, "pass"],
  ])("%s", (_, zombies, verdict) => {
    const record = changed(watched(quiet), (processes, look) => [
      ...processes,
      ...Array.from({ length: zombies(look) }, (_, i) => ({
        ...zombie(900 + i + 3 * Math.floor(zombies(29) > 0 ? look / 30 : 0)),
        ppid: 100,
      })),
    ]);
    expect(verdictOf(record, "zombies").verdict).toBe(verdict);
  });

  it("closes what its peer has closed; what upstream has closed may wait in a pool", () => {
    const withSocket = (local: string) =>
      changed(watched(quiet), (processes, look) =>
        processes.map((entry) => {
          const one = socket(500, 77, "CLOSE_WAIT");
          const held = one.socket && { ...one, socket: { ...one.socket, local } };
          return look > 60 && held ? { ...entry, fds: [...(entry.fds ?? []), held] } : entry;
        }),
      );
    expect(verdictOf(withSocket("10.0.0.1:80"), "fds").verdict).toBe("fail");
    expect(verdictOf(withSocket("10.0.0.1:41000"), "fds").verdict).toBe("pass");
  });
});
