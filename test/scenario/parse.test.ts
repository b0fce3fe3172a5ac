import { describe, expect, test } from "vitest";
import { Problem, exitCodes } from "../../src/model/problem.js";
import { parseScenario } from "../../src/scenario/load.js";
import { badInputs } from "./bad-inputs.js";

function problemOf(text: string): Problem {
  try {
    parseScenario(text, "my.yaml");
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}

function messageOf({ message, why, fix }: Problem): string {
  return [message, ...(why === undefined ? [] : [`  why: ${why}`]), `  fix: ${fix}`].join("\n");
}

/** Files that bring the parser itself to its limits: no crash, no stack overflow. */
test.each(["[", "{a: ", "- ", "? ", "- [", "a: &a {b: *a"])("%s, thousands of times", (piece) => {
  expect(problemOf(piece.repeat(3000)).message).toMatch(/^my\.yaml:1:1: brackets or lists stand within/);
});

describe("every bad input gives a problem that points at the line", () => {
  test.each(Object.entries(badInputs))("%s", (_name, text) => {
    const problem = problemOf(text);
    expect(problem.exitCode).toBe(exitCodes.usage);
    expect(problem.message).toMatch(/^my\.yaml:\d+:\d+: [^\n]+$/);
    expect(problem.fix).toMatch(/./);
    // Whatever the file holds, the message is printable text.
    expect(messageOf(problem)).not.toMatch(/[\p{Cf}\x1b]/u);
  });

  test("in these words", async () => {
    const all = Object.entries(badInputs).map(([name, text]) => `# ${name}\n${messageOf(problemOf(text))}\n`);
    await expect(all.join("\n")).toMatchFileSnapshot("golden/bad-inputs.txt");
  });
});

describe("what a parsed file says", () => {
  const parse = (text: string): ReturnType<typeof parseScenario> => parseScenario(text, "some/where/my.yaml");
  const stepOf = (step: string): unknown =>
    parse(`flows: {a: {steps: [connect, ${step}]}}`).flows[0]?.steps[1];

  test("every default", () => {
    expect(parse("flows: {a: {steps: [connect, close]}}")).toEqual({
      name: "my",
      about: "",
      path: "some/where/my.yaml",
      target: {
        command: ["{gateway}"],
        cwd: undefined,
        env: {},
        ready: { how: { kind: "port" }, withinMs: 10_000 },
        limits: { fds: undefined, processes: undefined, memoryBytes: undefined },
        url: "ws://127.0.0.1:{port}",
      },
      flows: [
        {
          name: "a",
          weight: 1,
          steps: [
            { kind: "connect", path: "/ws", headers: {}, withinMs: 5000 },
            { kind: "close", code: 1000, withinMs: 2000 },
          ],
        },
      ],
      load: {
        operations: 1000,
        durationMs: undefined,
        batch: 100,
        concurrency: 25,
        rampMs: 0,
        warmup: 50,
        maxFailed: 0.01,
      },
      settle: { quietMs: 300, withinMs: 5000 },
      drainMs: 3000,
      stop: { signal: "SIGTERM", withinMs: 5000, whileOpen: undefined },
      production: { sessionsPerHour: 120 },
      criteria: {
        tasks: { dropped: false, peakShare: undefined, budgetBytes: undefined, allow: 0 },
        processes: { dropped: false, peakShare: undefined, budgetBytes: undefined, allow: 0 },
        fds: { dropped: false, peakShare: 0.5, budgetBytes: undefined, allow: 0 },
        memory: { dropped: false, peakShare: undefined, budgetBytes: undefined, allow: 0 },
        zombies: { dropped: false, peakShare: undefined, budgetBytes: undefined, allow: 0 },
        ptys: { dropped: false, peakShare: undefined, budgetBytes: undefined, allow: 0 },
      },
      probes: { node: "auto", prometheus: undefined, go: "auto", threads: "auto" },
    });
  });

  test.each([
    ["{prometheus: /m}", { prometheus: "/m" }],
    ["{prometheus: {path: /m}}", { prometheus: "/m" }],
    [
      "{prometheus: {path: /m, tasks: my_tasks, memory: 'heap{area=\"live\"}'}}",
      { prometheus: "/m", metrics: { tasks: "my_tasks", liveBytes: 'heap{area="live"}' } },
    ],
    ["{node: off, go: off, threads: off}", { node: "off", go: "off", threads: "off" }],
    ["{go: /debug/pprof}", { go: "/debug/pprof" }],
    ['{go: "http://127.0.0.1:6060/debug/pprof"}', { go: "http://127.0.0.1:6060/debug/pprof" }],
    [
      '{commands: {queue: "stats {port}", jvm: {command: [jcmd, "{pid}", GC.run], within: 9s}}}',
      {
        commands: [
          { name: "queue", command: ["stats", "{port}"], withinMs: 5000 },
          { name: "jvm", command: ["jcmd", "{pid}", "GC.run"], withinMs: 9000 },
        ],
      },
    ],
  ])("probes: %s", (probes, expected) => {
    const all = { node: "auto", prometheus: undefined, go: "auto", threads: "auto" };
    const file = `flows: {a: {steps: [connect, close]}}\nprobes: ${probes}\n`;
    expect(parse(file).probes).toEqual({ ...all, ...expected });
  });

  test.each([
    ["connect: /chat", { kind: "connect", path: "/chat", headers: {}, withinMs: 5000 }],
    [
      "connect: {headers: {a: b}, within: 1s}",
      { kind: "connect", path: "/ws", headers: { a: "b" }, withinMs: 1000 },
    ],
    ["send: hello", { kind: "send", data: "hello" }],
    ['send: {a: 1, s: "{session}"}', { kind: "send", data: '{"a":1,"s":"{session}"}' }],
    ["expect: pong", { kind: "expect", match: { kind: "text", text: "pong" }, withinMs: 5000 }],
    [
      "expect: {text: pong, within: 1s}",
      { kind: "expect", match: { kind: "text", text: "pong" }, withinMs: 1000 },
    ],
    ["expect: {contains: on}", { kind: "expect", match: { kind: "contains", text: "on" }, withinMs: 5000 }],
    ["expect: {any: true}", { kind: "expect", match: { kind: "any" }, withinMs: 5000 }],
    [
      "expect: {type: content}",
      { kind: "expect", match: { kind: "json", fields: { type: "content" } }, withinMs: 5000 },
    ],
    [
      "expect: {json: {text: a}, within: 2s}",
      { kind: "expect", match: { kind: "json", fields: { text: "a" } }, withinMs: 2000 },
    ],
    ["wait: 1m30s", { kind: "wait", ms: 90_000 }],
    ["close: {code: 4000}", { kind: "close", code: 4000, withinMs: 2000 }],
    ["drop: reset", { kind: "drop", how: "reset", withinMs: 5000 }],
    ["drop: {how: silence, within: 1s}", { kind: "drop", how: "silence", withinMs: 1000 }],
    [
      `exec: "client 'a b' {port}"`,
      { kind: "exec", command: ["client", "a b", "{port}"], exit: 0, withinMs: 10_000 },
    ],
    ["exec: [client, a b]", { kind: "exec", command: ["client", "a b"], exit: 0, withinMs: 10_000 }],
    [
      "exec: {command: client, exit: 3, within: 1s}",
      { kind: "exec", command: ["client"], exit: 3, withinMs: 1000 },
    ],
    ["spawn: client -x", { kind: "spawn", command: ["client", "-x"] }],
    ["http: /x", { kind: "http", method: "GET", path: "/x", body: undefined, status: 200, withinMs: 5000 }],
    [
      "http: {method: POST, path: /x, body: {a: 1}, status: 201, within: 1s}",
      { kind: "http", method: "POST", path: "/x", body: '{"a":1}', status: 201, withinMs: 1000 },
    ],
  ])("- %s", (text, step) => {
    expect(stepOf(text)).toEqual(step);
  });

  test.each([
    ['{url: "http://x/", within: 1s}', { how: { kind: "url", url: "http://x/" }, withinMs: 1000 }],
    ["{port: true}", { how: { kind: "port" }, withinMs: 10_000 }],
    ['{log: "up.*"}', { how: { kind: "log", pattern: "up.*" }, withinMs: 10_000 }],
    ["{command: check it}", { how: { kind: "command", command: ["check", "it"] }, withinMs: 10_000 }],
  ])("ready: %s", (text, ready) => {
    expect(parse(`target: {ready: ${text}}\nflows: {a: {steps: [connect]}}`).target.ready).toEqual(ready);
  });

  test("units, limits, criteria, and a folder that is relative to the file", () => {
    const { target, criteria, load } = parse(`
target: {command: [node, a b.js], cwd: server, limits: {fds: 64, memory: 2GiB}, env: {A: b}}
flows: {a: {steps: [connect]}}
load: {duration: 1h, maxFailed: 2.5%}
criteria: {fds: {peakShare: 80%, allow: 2}, memory: {budget: 1MiB}, ptys: {drop: none here}}
`);
    expect(target.command).toEqual(["node", "a b.js"]);
    expect(target.cwd).toBe("some/where/server");
    expect(target.limits).toEqual({ fds: 64, processes: undefined, memoryBytes: 2 * 1024 ** 3 });
    expect(load).toMatchObject({
      operations: undefined,
      durationMs: 3_600_000,
      batch: 100,
      maxFailed: 0.025,
    });
    expect(criteria.fds).toMatchObject({ peakShare: 0.8, allow: 2 });
    expect(criteria.memory).toMatchObject({ budgetBytes: 1024 ** 2 });
    expect(criteria.ptys).toEqual({ dropped: true, why: "none here" });
  });

  test("power that is asked for, and what must be used", () => {
    const { criteria, quick } = parse(`
flows: {a: {steps: [connect]}}
detect: 1 per 250 operations
quick: {detect: 1 per 50 operations}
criteria:
  fds: {detect: 2 per 100 operations}
  memory: {detect: 20KiB per operation}
  tasks: {drop: why}
  ptys: {used: true}
`);
    expect(criteria.fds).toMatchObject({ detectPerOperation: 0.02 });
    expect(criteria.memory).toMatchObject({ detectPerOperation: 20_480 });
    expect(criteria.tasks).toEqual({ dropped: true, why: "why" });
    expect(criteria.ptys).toMatchObject({ detectPerOperation: 0.004, used: true });
    expect(criteria.zombies).toMatchObject({ detectPerOperation: 0.004 });
    expect(criteria.zombies).not.toHaveProperty("used");
    expect(quick).toMatchObject({ detectPerOperation: 0.02 });
  });

  test("power for those that count is none for memory", () => {
    const { criteria } = parse("flows: {a: {steps: [connect]}}\ndetect: 1 per 250 operations");
    expect(criteria.memory).not.toHaveProperty("detectPerOperation");
  });

  test("steps can be shared through an anchor", () => {
    const { flows } = parse("flows:\n  a: {steps: &s [connect, close]}\n  b: {weight: 2, steps: *s}\n");
    expect(flows[1]?.steps).toEqual(flows[0]?.steps);
  });
});
