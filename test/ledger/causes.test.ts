import { describe, expect, it } from "vitest";
import { judgeView } from "../../src/judge/judge-run.js";
import { viewOf } from "../../src/judge/run-view.js";
import { attribute } from "../../src/ledger/attribute.js";
import { causesOf } from "../../src/ledger/causes.js";
import type { Finding, FlowRate } from "../../src/model/finding.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import type { RunRecord } from "../../src/model/record.js";
import type { Flow } from "../../src/model/scenario.js";
import {
  child,
  file,
  files,
  mib,
  type Moment,
  nodeProbe,
  type Plan,
  recordOf,
  server,
  zombie,
} from "../judge/record-builder.js";
import { simulatedRun } from "./simulated-run.js";

function findingsOf(record: RunRecord, flows: readonly FlowRate[] = []): Finding[] {
  const view = viewOf(record);
  const judgement = judgeView(view);
  const left = judgement.findings.flatMap((leak) => leak.left);
  return causesOf({ view, judgement, ledger: attribute(view, left), flows });
}

const told = (findings: readonly Finding[]) => findings.map(({ criteria }) => criteria.join("+"));
const planned = (plan: Plan, flows?: readonly FlowRate[]) => findingsOf(recordOf(plan), flows);

/** `count` of something, numbered from 0, of each batch so far. */
function each<T>({ batch }: Moment, count: number, make: (index: number, batch: number) => T): T[] {
  return Array.from({ length: batch * count }, (_, index) => make(index, 1 + Math.floor(index / count)));
}

const mark = (operation: number) => ({ mark: { operation, where: "environment" as const } });
/** Of the first operations of a batch, as the record builder numbers them. */
const marked = (index: number, batch: number) => mark(100 * (batch - 1) + 1 + (index % 3));

const agentWithTerminal = (index: number, batch: number): ProcessEntry =>
  child(200 + index, {
    sid: 200 + index,
    pgid: 200 + index,
    fds: [0, 1, 2].map((fd) => file(fd, `/dev/pts/${index}`)),
    ...marked(index, batch),
  });
const masterOf = (index: number): FdEntry => ({ ...file(10 + index, "/dev/ptmx"), ptsNumber: index });

describe("one cause, one finding", () => {
  const terminals = (moment: Moment) => [
    server(each(moment, 3, masterOf)),
    ...each(moment, 3, agentWithTerminal),
  ];

  it("an agent, its terminal, and the fd that holds that", () => {
    const [finding, ...others] = planned({ processes: terminals });
    expect(others).toEqual([]);
    expect(finding?.criteria).toEqual(["processes", "fds", "ptys"]);
    expect(finding?.criterion).toBe("fds");
    expect(finding?.resources).toEqual([
      {
        criterion: "fds",
        resource: "file descriptor /dev/ptmx",
        count: 30,
        hoursToExhaustion: expect.any(Number),
      },
      {
        criterion: "ptys",
        resource: "PTY master /dev/ptmx",
        count: 30,
        hoursToExhaustion: expect.any(Number),
      },
      {
        criterion: "processes",
        resource: "process goose run",
        count: 30,
        hoursToExhaustion: expect.any(Number),
      },
    ]);
    expect(finding?.summary).toMatch(
      /^30 file descriptors were left by 1000 operations \(0\.03 each\): \/dev\/ptmx \(30\); operation 1 \(flow polite\) left pts\/0, fd 10 → \/dev\/ptmx of pid 100 and pid 200 goose run; soft RLIMIT_NOFILE in /,
    );
    // Of each session the agent, its terminal at either end: what two criteria count is one.
    expect(finding?.by).toMatchObject({ certain: 90, likely: 0, unattributed: 0, wouldHelp: undefined });
    expect(finding?.evidence.length).toBeLessThanOrEqual(16);
    expect(finding?.evidence).toContain("baseline 0 → 3 6 9 12 15 18 21 24 27 30 → drain 30");
  });

  it("masters that an agent inherited are not named as its session's", () => {
    const [finding] = planned({
      processes: (moment) => [
        server(each(moment, 3, masterOf)),
        ...each(moment, 3, agentWithTerminal).map((agent) => ({
          ...agent,
          fds: [
            ...(agent.fds ?? []),
            ...each(moment, 3, (index) => ({ ...masterOf(index), fd: 500 + index })),
          ],
        })),
      ],
    });
    expect(finding?.by?.certain).toBe(90);
    expect(finding?.by?.examples[0]?.left).toEqual([
      "pts/0",
      "fd 10 → /dev/ptmx of pid 100",
      "pid 200 goose run",
    ]);
  });

  it("masters of terminals alone", () => {
    const findings = planned({ processes: (moment) => [server(each(moment, 1, masterOf))] });
    expect(told(findings)).toEqual(["fds+ptys"]);
  });

  it("fds and tasks that come in step, batch by batch", () => {
    const counts = [0, 3, 4, 9, 10, 15, 17, 20, 26, 27, 30];
    const findings = planned({
      processes: ({ batch }) => [server(files(10, counts[batch] ?? 0))],
      probes: ({ batch }) => [nodeProbe(4 + 2 * (counts[batch] ?? 0))],
    });
    expect(told(findings)).toEqual(["tasks+fds"]);
    expect(findings[0]?.resources.map(({ count }) => count)).toEqual([30, 60]);
  });

  it("not tasks that come at other times", () => {
    const findings = planned({
      processes: ({ batch }) => [server(files(10, [0, 3, 4, 9, 10, 15, 17, 20, 26, 27, 30][batch] ?? 0))],
      probes: ({ batch }) => [nodeProbe(4 + ([0, 6, 7, 8, 14, 15, 16, 22, 23, 29, 34][batch] ?? 0))],
    });
    expect(told(findings)).toEqual(["fds", "tasks"]);
  });

  it("not what other flows leave", () => {
    const rate = { low: 0.1, high: 0.3, rate: 0.2, operations: 500, verdict: "leaks" as const };
    const step = {
      processes: ({ batch }: Moment) => [server(files(10, 3 * batch))],
      probes: ({ batch }: Moment) => [nodeProbe(4 + 3 * batch)],
    };
    expect(told(planned(step))).toEqual(["tasks+fds"]);
    const flows: FlowRate[] = [
      { ...rate, flow: "rude", criterion: "fds" },
      { ...rate, flow: "polite", criterion: "tasks" },
      { ...rate, flow: "rude", criterion: "tasks", rate: 0, low: 0, verdict: "clean" },
    ];
    expect(told(planned(step, flows))).toEqual(["fds", "tasks"]);
  });

  it("memory keeps step with anything where each batch brings the same, so it stays apart", () => {
    const even = (batch: number) => 200 * batch;
    const uneven = (batch: number) => [0, 100, 400, 500, 800, 900, 1200, 1300, 1600, 1700, 2000][batch] ?? 0;
    const run = (count: (batch: number) => number): Plan => ({
      processes: ({ batch }) => [server(files(10, count(batch) / 10))],
      probes: ({ batch }) => [nodeProbe(4, 10 * mib + count(batch) * mib)],
      sessionsPerHour: 100_000,
    });
    expect(told(planned(run(even)))).toEqual(["memory", "fds"]);
    expect(told(planned(run(uneven)))).toEqual(["fds+memory"]);
  });
});

describe("two causes, two findings", () => {
  const twoKinds = (polite: number, rude: number) => (moment: Moment) => {
    const socketOf = (index: number, port: number, fd: number): FdEntry => ({
      fd,
      target: `socket:[${port}]`,
      inode: port,
      socket: {
        protocol: "tcp",
        inode: port,
        state: "CLOSE_WAIT",
        local: "127.0.0.1:80",
        peer: `127.0.0.1:${40_000 + index}`,
      },
    });
    const listener = socketOf(0, 1, 3);
    const agents = each(moment, 3, (index, batch) =>
      child(200 + index, mark(100 * (batch - 1) + polite + 10 * (index % 3))),
    );
    const sockets = each(moment, 3, (index, batch) => {
      const operation = 100 * (batch - 1) + rude + 10 * (index % 3);
      return socketOf(operation - 1, 40_000 + operation, 10 + index);
    });
    const door: FdEntry = {
      ...listener,
      ...(listener.socket ? { socket: { ...listener.socket, state: "LISTEN" } } : {}),
    };
    return [server([door, ...sockets]), ...agents];
  };

  it("agents of some operations, sockets of others", () => {
    const findings = planned({ processes: twoKinds(1, 2) });
    expect(told(findings)).toEqual(["fds", "processes"]);
    expect(findings.map(({ evidence }) => evidence.at(-1))).toEqual([
      "left by flow rude (30)",
      "left by flow polite (30)",
    ]);
  });

  it("agents and sockets of the same operations are one", () => {
    expect(told(planned({ processes: twoKinds(1, 1) }))).toEqual(["processes+fds"]);
  });

  it("two kinds of fds that came at different times", () => {
    const findings = planned({
      processes: ({ batch }) => [
        server([...files(10, 10 * Math.min(batch, 5)), ...files(100, 10 * Math.max(0, batch - 5), "/tmp/y")]),
      ],
    });
    expect(findings.map(({ summary }) => summary.split(";")[0])).toEqual([
      "50 file descriptors were left by 1000 operations (0.05 each): /tmp/x (50)",
      "50 file descriptors were left by 1000 operations (0.05 each): /tmp/y (50)",
    ]);
  });

  it("two kinds of fds that come together are told together", () => {
    const findings = planned({
      processes: ({ batch }) => [server([...files(10, 3 * batch), ...files(100, 3 * batch, "/tmp/y")])],
    });
    expect(findings.map(({ resource }) => resource)).toEqual(["file descriptor /tmp/x"]);
  });

  it("kinds of agents that different sessions leave", () => {
    const findings = planned({
      processes: (moment) => [
        server(),
        ...each(moment, 3, (index, batch) =>
          child(200 + index, mark(100 * (batch - 1) + 1 + 10 * (index % 3))),
        ),
        ...each(moment, 2, (index, batch) =>
          child(500 + index, { name: "indexer", ...mark(100 * (batch - 1) + 3 + 10 * (index % 2)) }),
        ),
      ],
    });
    expect(findings.map(({ by }) => by?.certain)).toEqual([30, 20]);
  });

  it("what the stop leaves, and a peak, are told for themselves", () => {
    const survivor = child(900, mark(7));
    const findings = planned({
      processes: ({ batch }) => [server(files(10, batch))],
      stop: { survivors: [survivor] },
      ticks: [{ fdsOfLargest: 900 }],
    });
    expect(findings.map(({ resource }) => resource)).toEqual([
      "file descriptor /tmp/x",
      "process goose run",
      "file descriptors at the peak",
    ]);
    expect(findings[1]?.summary).toContain("operation 7 (flow polite) left pid 900 goose run");
    expect(findings[1]?.resources[0]?.hoursToExhaustion).toBeUndefined();
    expect(findings[2]?.by).toBeUndefined();
  });
});

describe("the finding", () => {
  const flows: Flow[] = [
    {
      name: "polite",
      weight: 1,
      steps: [
        { kind: "wait", ms: 1 },
        { kind: "drop", how: "reset", withinMs: 1 },
      ],
    },
  ];

  it("names the step, the share of the sessions, and the time", () => {
    const record = recordOf({
      processes: (moment) => [
        server(),
        ...each(moment, 1, (index, batch) => child(200 + index, mark(100 * (batch - 1) + 1))),
      ],
    });
    const run = { ...record.run, scenario: { ...record.run.scenario, flows } };
    const rates: FlowRate[] = [
      {
        flow: "polite",
        criterion: "processes",
        operations: 10,
        rate: 0.99,
        low: 0.8,
        high: 1,
        verdict: "leaks",
      },
      {
        flow: "rude",
        criterion: "processes",
        operations: 990,
        rate: 0,
        low: 0,
        high: 0.01,
        verdict: "clean",
      },
    ];
    const [finding] = findingsOf({ ...record, run }, rates);
    expect(finding?.summary).toMatch(
      /; operation 1 \(flow polite, step drop\) left pid 200 goose run; 1 in 1\.0 sessions of polite, 0 of the others; pid_max in /,
    );
    expect(finding?.flows.map(({ flow }) => flow)).toEqual(["polite"]);
    expect(finding?.by?.examples[0]).toMatchObject({ step: "drop", sureness: "certain", batch: 1 });
  });

  it("names the step at which the operation failed", () => {
    const record = recordOf({
      failed: 1,
      processes: ({ batch }) => [server(), ...(batch === 0 ? [] : [child(200, mark(1))])],
    });
    const run = { ...record.run, scenario: { ...record.run.scenario, flows } };
    expect(findingsOf({ ...record, run })[0]?.by?.examples[0]?.step).toBe("wait");
  });

  it("has an example of the tail where nothing else is known, and says that it is likely", () => {
    const { record } = simulatedRun({ seed: 1, habits: ["file"], tail: 6 });
    const [finding] = findingsOf(record);
    expect(finding?.summary).toMatch(
      /; operation 1001 \(flow chat\) likely left fd \d+ → \/tmp\/x of pid 100/,
    );
    expect(finding?.by).toMatchObject({ certain: 0, likely: 0, unattributed: 1000 });
    expect(finding?.by?.examples).toHaveLength(3);
  });

  it("orders by what runs out first", () => {
    const findings = planned({
      processes: ({ batch }) => [server(files(10, 5 * batch)), ...(batch > 3 ? [zombie(400)] : [])],
    });
    expect(told(findings)).toEqual(["fds", "zombies"]);
  });

  it("is none where nothing is left", () => {
    expect(planned({})).toEqual([]);
  });
});

describe("what would help to know more", () => {
  const helpFor = (plan: Plan) => planned(plan)[0]?.by?.wouldHelp;
  const unmarked = (moment: Moment) => [server(), ...each(moment, 2, (index) => child(200 + index))];

  it("processes without a mark", () => {
    expect(helpFor({ processes: unmarked })).toBe(
      "pass {session} to what the server starts, in its arguments or its environment",
    );
  });

  it("fds that may not be read", () => {
    const gaps = [{ what: "/proc/100/net/tcp", why: "EACCES", pid: 100 }];
    expect(helpFor({ processes: unmarked, gaps })).toMatch(/^run as the same user/);
  });

  it("files", () => {
    expect(helpFor({ processes: ({ batch }) => [server(files(10, batch))] })).toMatch(
      /^run with concurrency: 1 /,
    );
  });

  it("threads", () => {
    const processes = ({ batch }: Moment) => [server(undefined, { threads: 7 + 5 * batch })];
    expect(helpFor({ processes, probes: () => [] })).toMatch(/^expose pprof/);
  });

  it("nothing, where all is known", () => {
    const processes = (moment: Moment) => [
      server(),
      ...each(moment, 3, (index, batch) => child(200 + index, marked(index, batch))),
    ];
    expect(planned({ processes })[0]?.by).toMatchObject({ certain: 30, wouldHelp: undefined });
  });
});
