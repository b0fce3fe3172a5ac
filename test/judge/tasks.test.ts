import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord } from "../../src/model/record.js";
import type { ProbeSample } from "../../src/model/snapshot.js";
import {
  child,
  criterion,
  type Moment,
  nodeProbe,
  type Plan,
  recordOf,
  rule,
  server,
} from "./record-builder.js";

function judged(record: RunRecord) {
  const result = judgeRun(record);
  return { ...criterion(result, "tasks"), found: result.findings.filter((one) => one.criterion === "tasks") };
}

const judge = (plan: Plan) => judged(recordOf(plan));
const node = (threads = 11) =>
  server(undefined, { name: "node", command: "/usr/bin/node server.js", threads });

describe("a look inside that was not had", () => {
  const page = (plan: Plan): RunRecord => {
    const record = recordOf(plan);
    const probes = { node: "auto", prometheus: "/metrics" } as const;
    return { ...record, run: { ...record.run, scenario: { ...record.run.scenario, probes } } };
  };

  test("of a metrics page that was asked for and never there is unchecked, and threads do not stand in", () => {
    const { verdict, reason } = judged(page({ probes: () => [] }));
    expect([verdict, reason]).toEqual([
      "unchecked",
      expect.stringContaining("the look at /metrics gave none at the baseline"),
    ]);
    const there = page({ probes: () => [{ probe: "prometheus", tasks: 7, gaps: [] }] });
    expect(judged(there).verdict).toBe("pass");
  });

  const note = "no look inside the target: the inspector of pid 100 did not answer";

  test("of a Node process is unchecked, with why", () => {
    const record = recordOf({ probes: () => [], processes: () => [node()] });
    const { verdict, reason } = judged({ ...record, notes: [note] });
    expect([verdict, reason]).toEqual(["unchecked", `tasks not counted: ${note}`]);
  });

  test.each([
    ["another runtime", { ...recordOf({ probes: () => [] }), notes: [note] }],
    ["a Node process that no look was asked for", recordOf({ probes: () => [], processes: () => [node()] })],
  ])("of %s has threads stand in", (_, record) => {
    const { verdict, reason } = judged(record);
    expect([verdict, reason]).toEqual([
      "pass",
      expect.stringMatching(/^threads, for want of a look inside: /),
    ]);
  });
});

describe("goroutines", () => {
  const made = "created by main.(*hub).serve at main.go:30";
  const go = (tasks: number): ProbeSample => ({
    ...nodeProbe(tasks),
    probe: "go",
    tasksByType: { "in main.main at main.go:9": 1, [made]: tasks - 1 },
  });
  const page: ProbeSample = { probe: "prometheus", tasks: 99, gaps: [] };

  test("that are left are named by the line that starts them, and a metrics page is not asked", () => {
    const leak = judge({ probes: ({ batch }) => [page, go(4 + 10 * batch)] });
    expect(leak).toMatchObject({ verdict: "fail", baseline: 4, end: 104, ceiling: "mark for trouble" });
    expect(leak.found[0]).toMatchObject({
      resource: `task ${made}`,
      summary: expect.stringMatching(/^100 goroutines were left by 1000 operations/),
      evidence: expect.arrayContaining([`${made} 3 → 103`, "counted by: go"]),
    });
    expect(judge({ probes: () => [page, go(4)] }).verdict).toBe("pass");
  });

  test("that a scenario says where to find, and that are not there, are unchecked", () => {
    const asking = (go: string): RunRecord => {
      const record = recordOf({ probes: () => [] });
      const { scenario } = record.run;
      const probes = { ...scenario.probes, go };
      return { ...record, run: { ...record.run, scenario: { ...scenario, probes } } };
    };
    const { verdict, reason } = judged(asking("/debug/pprof"));
    expect([verdict, reason]).toEqual([
      "unchecked",
      "tasks not counted: the look at /debug/pprof gave none at the baseline, and threads would not show them",
    ]);
    expect(judged(asking("off")).verdict).toBe("pass");
    expect(judged(asking("auto")).verdict).toBe("pass");
  });
});

test("threads are named by their pool", () => {
  const plan = (more: number): Plan => ({
    probes: ({ batch }) => [
      { probe: "threads", tasksByType: { main: 1, "pool-N": 4 + more * batch }, gaps: [] },
    ],
    processes: ({ batch }) => [server(undefined, { threads: 5 + more * batch })],
  });
  const leak = judge(plan(3));
  expect(leak).toMatchObject({ verdict: "fail", ceiling: "pid_max" });
  expect(leak.reason).toMatch(/^threads, for want of a look inside: 30 threads were left/);
  expect(leak.found[0]).toMatchObject({
    resource: "thread pool-N",
    evidence: expect.arrayContaining(["pool-N 4 → 34"]),
  });
  expect(judge(plan(0)).verdict).toBe("pass");
});

describe("each process on its own", () => {
  const launcher = server(undefined, { threads: 7 });
  const worker = (pid: number, threads: number) => child(pid, { command: "java -jar worker.jar", threads });

  test("a child that leaks threads is named while the launcher is flat", () => {
    const leak = judge({
      probes: () => [],
      processes: ({ batch }) => [launcher, worker(200, 5 + 3 * batch)],
    });
    expect(leak).toMatchObject({ verdict: "fail", ceiling: "pid_max", limit: 32_768 });
    expect(leak.found[0]?.summary).toContain("30 threads were left by 1000 operations");
  });

  test("one that leaks tasks is named, though another gives up as many", () => {
    const probes = ({ batch }: Moment) => [
      nodeProbe(4),
      { ...nodeProbe(10 + 5 * batch), pid: 200 },
      { ...nodeProbe(90 - 5 * batch), pid: 201 },
    ];
    const leak = judge({ probes, processes: () => [launcher, worker(200, 5), worker(201, 5)] });
    expect(leak).toMatchObject({ verdict: "fail", baseline: 10, end: 60 });
    expect(leak.found[0]?.summary).toContain("in pid 200 java -jar worker.jar");
  });

  test("all that rest pass", () => {
    expect(judge({ probes: () => [], processes: () => [launcher, worker(200, 5)] }).verdict).toBe("pass");
  });
});

describe("power", () => {
  test("that is asked for and not there is no pass", () => {
    const asking = (operations: number): Plan => ({
      criteria: { tasks: { ...rule, detectPerOperation: 1 / operations } },
    });
    expect(judge(asking(180)).verdict).toBe("pass");
    expect(judge(asking(200)).verdict).toBe("inconclusive");
  });

  test("of a growth that may be: what is allowed is not called out", () => {
    const two: Plan = { probes: ({ batch }) => [nodeProbe(batch > 8 ? 6 : 4)] };
    expect(judge(two).verdict).toBe("inconclusive");
    const allowed = judge({ ...two, criteria: { tasks: { ...rule, allow: 2 } } });
    expect(allowed.verdict).toBe("pass");
    expect(allowed.reason).toMatch(
      /^2 tasks left, which the scenario allows; anything above .* would have been seen$/,
    );
  });
});

describe("tasks that a command probe tells", () => {
  const leaky = (pid?: number) => (moment: Moment) => [
    { probe: "jvm", ...(pid === undefined ? {} : { pid }), tasks: 20 + 10 * moment.batch, gaps: [] },
  ];

  test.each([
    ["of the target as a whole", undefined],
    ["of its process", 100],
  ])("are judged, %s", (_, pid) => {
    const { verdict, found } = judge({ probes: leaky(pid) });
    expect(verdict).toBe("fail");
    expect(found[0]?.evidence).toContain("counted by: jvm");
    expect(judge({ probes: () => leaky(pid)({ batch: 1, drained: false }) }).verdict).toBe("pass");
  });

  test("come before those of a metrics page, and after those of the inspector", () => {
    const page = { probe: "prometheus", tasks: 5, gaps: [] };
    const plan = (node: boolean): Plan => ({
      probes: (moment) => [...(node ? [nodeProbe(4)] : []), page, ...leaky()(moment)],
    });
    expect([judge(plan(false)).verdict, judge(plan(true)).verdict]).toEqual(["fail", "pass"]);
  });

  test("are not counted where the program failed at the baseline, and threads do not stand in", () => {
    const gaps = [{ what: "command probe jvm", why: "exit code 1: no such process" }];
    const record = recordOf({ probes: () => [{ probe: "jvm", gaps }] });
    const { scenario } = record.run;
    const commands = [{ name: "jvm", command: ["jcmd"], withinMs: 1000 }];
    const probes = { ...scenario.probes, commands };
    const { verdict, reason } = judged({
      ...record,
      run: { ...record.run, scenario: { ...scenario, probes } },
    });
    expect([verdict, reason]).toEqual([
      "unchecked",
      "tasks not counted: command probe jvm: exit code 1: no such process",
    ]);
  });
});
