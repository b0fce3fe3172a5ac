import { describe, expect, test } from "vitest";
import { ceilingOf } from "../../src/judge/ceilings.js";
import { viewOf } from "../../src/judge/run-view.js";
import type { RunRecord, SystemFacts } from "../../src/model/record.js";
import type { Limits } from "../../src/model/scenario.js";
import type { CriterionId } from "../../src/model/verdict.js";
import { child, file, files, mib, nodeProbe, type Plan, recordOf, server, zombie } from "./record-builder.js";

interface Given {
  readonly plan?: Plan;
  readonly system?: Partial<SystemFacts>;
  readonly limits?: Partial<Limits>;
}

function recordWith({ plan = {}, system = {}, limits = {} }: Given): RunRecord {
  const record = recordOf(plan);
  const { run } = record;
  const target = { ...run.scenario.target, limits: { ...run.scenario.target.limits, ...limits } };
  const facts = { ...run.system, ...system };
  return { ...record, run: { ...run, system: facts, scenario: { ...run.scenario, target } } };
}

function ceiling(id: CriterionId, given: Given = {}) {
  return ceilingOf(id, viewOf(recordWith(given)));
}

describe("file descriptors", () => {
  const worker = (pid: number, count: number, softFdLimit: number | undefined = 256) =>
    child(pid, { command: "node worker.js", fds: undefined, fdCount: count, softFdLimit });

  test("are up against the limit of the process whose own count grew the most, with what it held itself", () => {
    const processes = ({ batch }: { batch: number }) => [
      server(files(0, 500)),
      worker(200, 10 + 3 * batch),
      worker(201, 10 + batch, 64),
    ];
    expect(ceiling("fds", { plan: { processes } })).toEqual({
      name: "soft RLIMIT_NOFILE",
      limit: 256,
      held: 40,
      share: 0.75,
    });
  });

  test("where nothing grew, against that of the one nearest to it", () => {
    const plan = { processes: () => [server(files(0, 100)), worker(200, 60, 64)] };
    expect(ceiling("fds", { plan })).toMatchObject({ limit: 64, held: 60, share: 1 });
  });

  test("what a short-lived process holds does not count", () => {
    const processes = ({ batch }: { batch: number }) => [
      server(),
      ...(batch > 0 ? [worker(900 + batch, 200)] : []),
    ];
    expect(ceiling("fds", { plan: { processes } })).toMatchObject({ limit: 1024, held: 1 });
  });

  test("after a restart the new process counts", () => {
    const processes = ({ batch }: { batch: number }) => [
      server(),
      batch < 6 ? worker(200, 10 + batch) : worker(300, 14 + batch, 512),
    ];
    expect(ceiling("fds", { plan: { processes } })).toMatchObject({ limit: 512, held: 24 });
  });

  test("no ceiling where its limit is unlimited or could not be read, nor without a baseline", () => {
    const plan = { processes: () => [server([], { softFdLimit: undefined })] };
    expect(ceiling("fds", { plan })).toBeUndefined();
    expect(ceilingOf("fds", viewOf({ ...recordOf(), snapshots: [] }))).toBeUndefined();
  });

  test("without a drain what was held after the last batch counts", () => {
    const plan = { drains: 0, processes: ({ batch }: { batch: number }) => [server(files(0, 1 + batch))] };
    expect(ceiling("fds", { plan })).toMatchObject({ held: 11 });
  });
});

describe.each(["processes", "zombies"] as const)("%s", (id) => {
  test.each([
    ["pid_max", 32_768, {}],
    ["cgroup pids.max", 500, { system: { cgroupPidsMax: 500 }, limits: { processes: 600 } }],
    ["RLIMIT_NPROC of the scenario", 300, { system: { cgroupPidsMax: 500 }, limits: { processes: 300 } }],
    ["cgroup pids.max", 500, { system: { pidMax: undefined, cgroupPidsMax: 500 } }],
  ])("are up against %s where it is the lowest", (name, limit, given) => {
    expect(ceiling(id, given)).toEqual({ name, limit, held: 7, share: 1 });
  });

  test("no ceiling where none could be read", () => {
    expect(ceiling(id, { system: { pidMax: undefined } })).toBeUndefined();
  });

  test("threads take pids as well, and so do zombies", () => {
    const processes = () => [server(), child(200), { ...zombie(201), threads: 0 }];
    expect(ceiling(id, { plan: { processes } })).toMatchObject({ held: 9 });
  });
});

describe("ptys", () => {
  test("one counts once, whoever holds it", () => {
    const master = { ...file(8, "/dev/ptmx"), ptsNumber: 3 };
    const processes = () => [
      server([master]),
      child(200, { fds: [file(0, "/dev/pts/3"), file(1, "/dev/pts/4")] }),
    ];
    expect(ceiling("ptys", { plan: { processes } })).toEqual({
      name: "pty/max",
      limit: 4096,
      held: 2,
      share: 1,
    });
    expect(ceiling("ptys", { system: { ptyMax: undefined } })).toBeUndefined();
  });
});

describe("memory", () => {
  test.each([
    ["RAM", 1024, {}],
    ["memory.max of the cgroup", 512, { system: { cgroupMemoryMax: 512 * mib } }],
    ["memory limit of the scenario", 256, { limits: { memoryBytes: 256 * mib } }],
  ])("is up against %s where it is the lowest", (name, size, given) => {
    expect(ceiling("memory", given)).toEqual({
      name,
      limit: size * mib,
      held: 80 * mib,
      share: 1,
    });
  });

  test("is held by every process: proportionally where that is known, and a zombie holds none", () => {
    const memory = { rssBytes: 50, pssBytes: 20 };
    const processes = () => [server([], { memory }), child(200, { memory: { rssBytes: 7 } }), zombie(201)];
    expect(ceiling("memory", { plan: { processes } })?.held).toBe(27);
  });

  test("is not known where that of one process is not", () => {
    const processes = () => [server(), child(200, { memory: undefined })];
    expect(ceiling("memory", { plan: { processes } })).toBeUndefined();
  });
});

describe("tasks", () => {
  test("are up against no kernel limit but a mark", () => {
    expect(ceiling("tasks", { plan: { probes: () => [nodeProbe(40)] } })).toEqual({
      name: "mark for trouble",
      limit: 10_000,
      held: 40,
      share: 1,
    });
  });

  test("threads in their place are up against the limits on pids", () => {
    const given = { plan: { probes: () => [] }, system: { cgroupPidsMax: 99 } };
    expect(ceiling("tasks", given)).toEqual({ name: "cgroup pids.max", limit: 99, held: 7, share: 1 });
  });

  test("the lowest of the looks after the drain is what is held", () => {
    let looks = 0;
    const probes = ({ drained }: { drained: boolean }) => [nodeProbe(drained ? 50 - looks++ : 4)];
    expect(ceiling("tasks", { plan: { probes } })?.held).toBe(48);
  });
});
