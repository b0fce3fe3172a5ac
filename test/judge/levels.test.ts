import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { ProbeSample } from "../../src/model/snapshot.js";
import type { CriterionId } from "../../src/model/verdict.js";
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

function judge(id: CriterionId, plan: Plan) {
  const result = judgeRun(recordOf(plan));
  return {
    ...criterion(result, id),
    findings: result.findings.filter((finding) => finding.criterion === id),
  };
}

describe("tasks", () => {
  test("one in ten operations fails, and the type that grew is named", () => {
    const leak = judge("tasks", { probes: ({ batch }) => [nodeProbe(4 + 10 * batch)] });
    expect(leak).toMatchObject({ verdict: "fail", baseline: 4, end: 104, perOperation: 0.1, limit: 10_000 });
    expect(leak.findings[0]).toMatchObject({
      resource: "task Timeout",
      summary: "100 tasks were left by 1000 operations (0.1 each): Timeout 4 → 104",
    });
  });

  test("a clean one passes", () => {
    expect(judge("tasks", {}).verdict).toBe("pass");
  });

  test("the Node probe is preferred to a metrics page", () => {
    const metrics = ({ batch }: Moment): ProbeSample => ({ probe: "prometheus", tasks: 9 * batch, gaps: [] });
    const probes = (moment: Moment) => [metrics(moment), nodeProbe(4)];
    expect(judge("tasks", { probes }).verdict).toBe("pass");
    expect(judge("tasks", { probes: (moment) => [metrics(moment)] }).verdict).toBe("fail");
  });

  test("without a probe threads stand in, and it is said", () => {
    const threads =
      (grow: number) =>
      ({ batch }: Moment) => [server(undefined, { threads: 7 + grow * batch })];
    const clean = judge("tasks", { probes: () => [], processes: threads(0) });
    expect(clean).toMatchObject({ verdict: "pass", baseline: 7 });
    expect(clean.reason).toMatch(/^threads, for want of a look inside: none was left/);
    expect(judge("tasks", { probes: () => [], processes: threads(2) }).verdict).toBe("fail");
  });

  test("a probe that was lost is unchecked, not replaced by threads", () => {
    const gaps = [{ what: "inspector of pid 100", why: "ECONNRESET" }];
    const probes = ({ drained }: Moment) => [drained ? { probe: "node", pid: 100, gaps } : nodeProbe(4)];
    const lost = judge("tasks", { probes });
    expect(lost.verdict).toBe("unchecked");
    expect(lost.reason).toContain("inspector of pid 100: ECONNRESET");
  });

  test("several processes are summed", () => {
    const processes = () => [server(), child(101, { command: "node worker.js" })];
    const probes = ({ batch }: Moment) => [nodeProbe(4), { ...nodeProbe(4 + batch), pid: 101 }];
    expect(judge("tasks", { probes, processes })).toMatchObject({ verdict: "fail", baseline: 8, end: 18 });
  });
});

describe("memory", () => {
  const live = (bytesAt: (moment: Moment) => number): Plan => ({
    probes: (moment) => [nodeProbe(4, bytesAt(moment))],
  });

  test("a megabyte an operation fails, with the hours until the memory is full", () => {
    const leak = judge(
      "memory",
      live(({ batch }) => (10 + 100 * batch) * mib),
    );
    expect(leak).toMatchObject({ verdict: "fail", unit: "bytes", shape: "steady leak" });
    for (const rate of [leak.perOperation, leak.low, leak.high]) expect((rate ?? 0) / mib).toBeCloseTo(1, 4);
    // The resident set, which the limit is on, is 80 MiB.
    expect(leak).toMatchObject({ limit: 1024 * mib, ceiling: "RAM" });
    expect(leak.hoursToExhaustion).toBeCloseTo((1024 - 80) / 120, 3);
    expect(leak.findings[0]?.summary).toMatch(
      /^(?:1 MiB|1024 KiB) were left by each of 1000 operations: grows by 2.81 GiB a day .*, over the budget of 64 MiB/,
    );
  });

  test("flat passes and states its bound", () => {
    const clean = judge(
      "memory",
      live(({ batch }) => 10 * mib + (batch % 3) * 1024),
    );
    expect(clean.verdict).toBe("pass");
    expect(clean.reason).toMatch(
      /^at most .* a day of growth at 2880 sessions a day, within the budget of 64 MiB/,
    );
  });

  test("growth within the budget passes, the same beyond a tighter one fails", () => {
    const plan = live(({ batch }) => 10 * mib + batch * 100 * 1024);
    expect(judge("memory", plan).verdict).toBe("pass");
    const criteria = { memory: { ...rule, budgetBytes: mib } };
    expect(judge("memory", { ...plan, criteria }).verdict).toBe("fail");
  });

  test("a large process has a tenth of its baseline as its budget", () => {
    const plan = live(({ batch }) => 1000 * mib + batch * 3 * mib);
    expect(judge("memory", plan).reason).toContain("budget of 100 MiB");
    expect(judge("memory", plan).verdict).toBe("pass");
  });

  test("a warm-up that dies away is no leak, however far over the budget; a leak beneath it is", () => {
    const criteria = { memory: { ...rule, budgetBytes: 8 * mib } };
    const warm = (batch: number) => 10 + 40 * (1 - Math.exp(-batch / 4));
    const warmUp = live(({ batch }) => warm(batch) * mib);
    const warmed = judge("memory", { ...warmUp, criteria, batches: 12 });
    expect(warmed).toMatchObject({ verdict: "pass", shape: "warm-up" });
    expect(warmed.high).toBeLessThan(1);
    const leak = live(({ batch }) => (warm(batch) + 2 * batch) * mib);
    expect(judge("memory", { ...leak, criteria, batches: 12 })).toMatchObject({ verdict: "fail" });
  });

  test("the rate is that after the warm-up", () => {
    const plan = live(({ batch }) => (10 + 10 * Math.min(batch, 4) + batch) * mib);
    const { low = 0, high = 0, numbers } = judge("memory", { ...plan, batches: 40 });
    expect(low).toBeLessThanOrEqual(mib / 100);
    expect(high).toBeGreaterThanOrEqual(mib / 100);
    // Not the mean of it all, which the first four batches double.
    expect(high).toBeLessThan(((numbers?.["end"] ?? 0) - (numbers?.["start"] ?? 0)) / 4000);
  });

  test("what the drain gives back is not called a leak", () => {
    const plan = live(({ batch, drained }) => (drained ? 10 : 10 + 100 * batch) * mib);
    expect(judge("memory", plan).verdict).toBe("inconclusive");
  });

  test("noise that hides the budget is inconclusive, and says what would settle it", () => {
    const noisy = judge(
      "memory",
      live(({ batch }) => (40 + 30 * ((batch * 7) % 5)) * mib),
    );
    expect(noisy.verdict).toBe("inconclusive");
    expect(noisy.reason).toContain("run longer to tell");
  });

  const outside = (anonymousBytesAt: (moment: Moment) => number) => (moment: Moment) => {
    const anonymousBytes = anonymousBytesAt(moment);
    return [server(undefined, { memory: { rssBytes: anonymousBytes + 30 * mib, anonymousBytes } })];
  };

  test("memory outside of the runtime's heap that outgrows the budget fails", () => {
    const grown = judge("memory", { processes: outside(({ batch }) => (50 + 10 * batch) * mib) });
    expect(grown.verdict).toBe("fail");
    expect(grown.findings[0]?.summary).toContain("private anonymous memory, seen from outside");
    expect(judge("memory", { processes: outside(({ batch }) => (50 + 5 * batch) * mib) }).verdict).toBe(
      "pass",
    );
  });

  test("without forced collections the anonymous memory is judged, and it is said", () => {
    const plan: Plan = { probes: () => [{ ...nodeProbe(4), collected: false }] };
    const clean = judge("memory", plan);
    expect(clean).toMatchObject({ verdict: "pass", baseline: 50 * mib });
    expect(clean.reason).toContain("private anonymous memory, seen from outside");
    const grown = judge("memory", { ...plan, processes: outside(({ batch }) => (50 + 5 * batch) * mib) });
    expect(grown.verdict).toBe("fail");
  });

  test("without anonymous bytes the resident set is judged, without any memory nothing is", () => {
    const resident = () => [server(undefined, { memory: { rssBytes: 80 * mib } })];
    expect(judge("memory", { probes: () => [], processes: resident }).reason).toContain("resident set size");
    const none = () => [server(undefined, { memory: undefined })];
    const gaps = [{ what: "/proc/100/smaps_rollup", why: "EACCES" }];
    const unread = judge("memory", { probes: () => [], processes: none, gaps });
    expect(unread).toMatchObject({
      verdict: "unchecked",
      reason:
        "memory not read: /proc/100/smaps_rollup: EACCES, it is another user's: run as that user, or as root (in a container with CAP_SYS_PTRACE)",
    });
  });
});
