import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import {
  child,
  criterion,
  mib,
  type Moment,
  nodeProbe,
  type Plan,
  recordOf,
  rule,
  server,
} from "./record-builder.js";

type Bytes = (moment: Moment) => number;

function judge(plan: Plan) {
  const result = judgeRun(recordOf({ batches: 20, ...plan }));
  return {
    ...criterion(result, "memory"),
    found: result.findings.filter((one) => one.criterion === "memory"),
  };
}

const within = (budgetMib: number, asked?: number) => ({
  memory: {
    ...rule,
    budgetBytes: budgetMib * mib,
    ...(asked === undefined ? {} : { detectPerOperation: asked }),
  },
});

/** A few KiB that differ from one look to the next, and over the run come to nothing. */
function jitter(batch: number): number {
  return ((batch * 7) % 5) * 1024;
}

const inside = (bytes: Bytes): Plan => ({
  probes: (moment) => [nodeProbe(4, bytes(moment) + jitter(moment.batch))],
});

function anonymous(anonymousBytes: number) {
  return { memory: { rssBytes: anonymousBytes + 30 * mib, anonymousBytes } };
}

/** A server and two workers, of which only the private memory is known. */
function workers(first: Bytes, second: Bytes, pidOf: (moment: Moment) => number = () => 201): Plan {
  const worker = (pid: number, bytes: number) =>
    child(pid, { command: "node worker.js", ...anonymous(bytes) });
  return {
    probes: () => [],
    processes: (moment) => [
      server(undefined, anonymous(50 * mib)),
      worker(pidOf(moment), first(moment) + jitter(moment.batch)),
      worker(202, second(moment) + jitter(moment.batch + 3)),
    ],
  };
}

/** 2,880 sessions a day, one operation each; 100 operations a batch. */
const perDay = 2880;

describe("growth over a day of production traffic", () => {
  test("passes within the budget, with its upper bound", () => {
    const clean = judge(inside(() => 10 * mib));
    expect(clean).toMatchObject({ verdict: "pass", found: [] });
    const [, most] = /^at most ([\d.]+) KiB a day of growth at 2880 sessions a day/.exec(clean.reason) ?? [];
    expect(Number(most)).toBeCloseTo(((clean.high ?? 0) * perDay) / 1024, 1);
    expect(clean.high).toBeGreaterThan(0);
  });

  test("fails beyond it by its lower bound, with day, budget, ceiling and hours", () => {
    const leak = judge({ ...inside(({ batch }) => (10 + batch) * mib), criteria: within(8) });
    expect(leak).toMatchObject({ verdict: "fail", shape: "steady leak", ceiling: "RAM", limit: 1024 * mib });
    expect(leak.numbers?.["surelyPerDay"]).toBeGreaterThan(8 * mib);
    expect(leak.numbers?.["lowPerDay"]).toBeGreaterThan(leak.numbers?.["surelyPerDay"] ?? 0);
    const truth = (1024 - 80) / ((1 / 100) * 120);
    expect(leak.hoursLow).toBeLessThanOrEqual(truth);
    expect(leak.hoursHigh).toBeGreaterThanOrEqual(truth);
    expect(leak.found[0]?.summary).toContain("over the budget of 8 MiB");
  });

  test("is open between the two, and says what it lies between", () => {
    const noise = (batch: number): number => ((batch * 37) % 11) * 0.2;
    const open = judge({ ...inside(({ batch }) => (10 + noise(batch)) * mib), criteria: within(0.5) });
    expect(open.verdict).toBe("inconclusive");
    expect(open.reason).toMatch(
      /^between .* and .* a day at 2880 sessions a day, against the budget of 512 KiB: run longer/,
    );
  });

  test("is the traffic's: ten times the sessions are ten times the growth", () => {
    const plan = { ...inside(({ batch }) => (10 + batch / 10) * mib), criteria: within(8) };
    expect(judge(plan).verdict).toBe("pass");
    expect(judge({ ...plan, sessionsPerHour: 1200 }).verdict).toBe("fail");
  });

  test("that the run could not see at the size asked for is no pass", () => {
    const plan = inside(() => 10 * mib);
    expect(judge({ ...plan, criteria: within(64, 1024 ** 2) }).verdict).toBe("pass");
    const weak = judge({ ...plan, criteria: within(64, 0.01) });
    expect(weak).toMatchObject({ verdict: "inconclusive" });
    expect(weak.reason).toMatch(/: only above .* per operation would it have been seen/);
  });
});

describe("each process on its own", () => {
  test("one that grows is named, though another shrinks by as much", () => {
    const hidden = judge({
      ...workers(
        ({ batch }) => (50 + 5 * batch) * mib,
        ({ batch }) => (200 - 5 * batch) * mib,
      ),
    });
    expect(hidden).toMatchObject({ verdict: "fail", baseline: expect.closeTo(50 * mib, -5) });
    expect(hidden.reason).toContain("private anonymous memory of pid 201 node worker.js, seen from outside");
  });

  test("two that rest pass", () => {
    const plan = workers(
      () => 50 * mib,
      () => 200 * mib,
    );
    expect(judge(plan).verdict).toBe("pass");
  });

  test("one whose growth a restart gives back at every seventh batch still grows", () => {
    const life = ({ batch }: Moment) => Math.floor(batch / 7);
    const masked = judge(
      workers(
        ({ batch }) => (50 + 5 * (batch % 7)) * mib,
        () => 200 * mib,
        (moment) => 300 + life(moment),
      ),
    );
    expect(masked).toMatchObject({ verdict: "fail", shape: "leak behind restarts" });
  });

  test("one that restarts and rests passes", () => {
    const rests = workers(
      () => 50 * mib,
      () => 200 * mib,
      ({ batch }) => 300 + Math.floor(batch / 7),
    );
    expect(judge(rests).verdict).toBe("pass");
  });

  test("a child leaks while its launcher is flat", () => {
    const leaking = child(201, { command: "server" });
    const leak = judge({
      probes: () => [],
      processes: ({ batch }) => [
        server(undefined, anonymous(50 * mib + jitter(batch))),
        { ...leaking, ...anonymous((50 + 5 * batch) * mib + jitter(batch)) },
      ],
    });
    expect(leak.verdict).toBe("fail");
  });
});

describe("seen from inside and from outside", () => {
  const both = (outsideMib: (batch: number) => number): Plan => ({
    ...inside(() => 10 * mib),
    processes: ({ batch }) => [server(undefined, anonymous(outsideMib(batch) * mib + jitter(batch)))],
  });

  test("growth beyond the budget outside of a flat heap fails, and points there", () => {
    const outgrown = judge(both((batch) => 50 + 5 * batch));
    expect(outgrown.verdict).toBe("fail");
    expect(outgrown.found[0]?.next).toContain("outside of the runtime's heap");
  });

  test("growth outside within the budget is the allocator's", () => {
    expect(judge(both((batch) => 50 + batch)).verdict).toBe("pass");
  });

  test("a process that no probe looked into is judged by what is seen from outside of it", () => {
    const plan = (grown: number): Plan => ({
      ...inside(() => 10 * mib),
      criteria: within(8),
      sessionsPerHour: 1200,
      processes: ({ batch }) => [
        server(undefined, anonymous(50 * mib + jitter(batch))),
        child(201, { command: "native", ...anonymous((50 + grown * batch) * mib + jitter(batch)) }),
      ],
    });
    const leak = judge(plan(0.2));
    expect(leak.verdict).toBe("fail");
    expect(leak.reason).toContain("pid 201 native");
    expect(judge(plan(0)).verdict).toBe("pass");
  });

  test("a heap that leaks fails, whatever is seen from outside", () => {
    const plan = both(() => 50);
    expect(
      judge({ ...plan, ...inside(({ batch }) => (10 + 2 * batch) * mib), criteria: within(8) }).verdict,
    ).toBe("fail");
  });
});

describe("sessions that only a timeout after the load ends", () => {
  /** The allocator keeps all that was ever held; `held` tells the threads beside. */
  const expiring = (held: (moment: Moment) => number): Plan => ({
    probes: () => [],
    processes: (moment) => [
      server(undefined, {
        ...anonymous((50 + moment.batch) * mib + jitter(moment.batch)),
        threads: 7 + held(moment),
      }),
    ],
    criteria: within(8),
  });

  test("leave it open, from outside, whether their memory is free", () => {
    const open = judge(expiring(({ batch, drained }) => (drained ? 0 : 300 * batch)));
    expect(open).toMatchObject({ verdict: "inconclusive", found: [] });
    expect(open.reason).toContain("6000 tasks were held until the drain gave them back");
  });

  test("that stay are no excuse", () => {
    expect(judge(expiring(({ batch }) => 300 * batch)).verdict).toBe("fail");
  });

  test("nor are a few connections kept alive", () => {
    expect(judge(expiring(({ drained }) => (drained ? 0 : 25))).verdict).toBe("fail");
  });

  test("nor is there a doubt from inside, after a collection", () => {
    const plan = expiring(({ batch, drained }) => (drained ? 0 : 300 * batch));
    const seen = judge({ ...plan, ...inside(({ batch }) => (10 + batch) * mib) });
    expect(seen.verdict).toBe("fail");
  });
});
