import type { Batch, BatchTally } from "../../src/drive/driver.js";
import type { Assessment } from "../../src/judge/assess.js";
import type { Operation } from "../../src/model/operation.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { Progress } from "../../src/model/progress.js";
import type { RecordLine } from "../../src/model/record.js";
import type { Scenario } from "../../src/model/scenario.js";
import { parseScenario } from "../../src/scenario/load.js";
import { withSize } from "../../src/scenario/size.js";
import type { Course } from "../../src/soak/course.js";
import { drive } from "../../src/soak/drive.js";
import { Fate } from "../../src/soak/fate.js";
import { OneAtATime } from "../../src/soak/one-at-a-time.js";
import { Journal } from "../../src/soak/journal.js";
import type { Marks } from "../../src/soak/marks.js";
import type { Target } from "../../src/target/target.js";
import { FakeClock } from "../support/fake-clock.js";

/** 20 operations in batches of 5 after a warm-up of 3; the parts given stand in place of these. */
export function scenarioOf(parts: Readonly<Record<string, unknown>> = {}): Scenario {
  const content = {
    name: "small",
    target: { command: "serve {port}" },
    flows: { only: { steps: ["connect"] } },
    load: { operations: 30, batch: 5, concurrency: 2, warmup: 3, ramp: "1s" },
    settle: { quiet: "100ms", within: "1s" },
    drain: "5s",
    ...parts,
  };
  return withSize(parseScenario(JSON.stringify(content), "small.yaml"), {});
}

export const main: ProcessEntry = {
  pid: 7,
  startTicks: 70,
  ppid: 1,
  pgid: 7,
  sid: 7,
  state: "S",
  name: "serve",
  command: "serve 80",
  threads: 1,
  fdCount: 4,
};

/** A target that sits still. */
export function targetOf(parts: Partial<Target> = {}): Target {
  return {
    pid: main.pid,
    startTicks: main.startTicks,
    follow: "marker",
    logs: { stdoutPath: "", stderrPath: "", notes: [], tail: () => ["last words"] },
    exited: new Promise(() => undefined),
    alive: true,
    members: () => [main],
    sweep: () => [main],
    sample: () => ({ processes: [main], gaps: [] }),
    glance: () => ({ processes: 1, running: [main], ptys: 0 }),
    usage: async () => ({ processes: 1, fds: 4, fdsOfLargest: 4, cpuPercent: 1, rssBytes: 1024 }),
    exceeded: () => undefined,
    guard: () => undefined,
    stop: async () => ({
      tookMs: 1,
      graceful: true,
      exitCode: 0,
      signal: null,
      survivors: [],
      unkillable: [],
      gaps: [],
    }),
    ...parts,
  };
}

export function operationOf(parts: Partial<Operation> = {}): Operation {
  return {
    id: 1,
    flow: "only",
    batch: 1,
    startedAtMs: 0,
    endedAtMs: 0,
    outcome: "landed",
    localPorts: [],
    ...parts,
  };
}

export const decided: Assessment = { decided: true, waitsFor: undefined, canSettle: false, failing: [] };

export interface Rig {
  readonly clock: FakeClock;
  readonly journal: Journal;
  readonly fate: Fate;
  readonly stop: AbortController;
  readonly lines: RecordLine[];
  readonly progress: Progress[];
  readonly batches: Batch[];
  run(): Promise<void>;
}

export interface RigOptions {
  readonly scenario?: Scenario;
  readonly target?: Target;
  /** Plays a batch. */
  readonly play?: (batch: Batch, rig: Rig) => BatchTally;
  /** What the judge says of everything recorded so far; unless given, that all is decided. */
  readonly assess?: Course["assess"];
  readonly probes?: Course["probes"];
  /** A second pass. */
  readonly traced?: boolean;
  readonly sought?: Course["sought"];
  /** Flows that the tail takes first. */
  readonly suspects?: Course["suspects"];
  /** Told of each operation that runs alone. */
  readonly alone?: (operation: Operation, rig: Rig) => void;
  /** Holds operations back. */
  readonly holdBack?: (rig: Rig) => Course["holdBack"];
  /** Throws where the record cannot be written. */
  readonly append?: (line: RecordLine) => void;
}

/** Marks nobody. */
export const noMarks: Pick<Marks, "see" | "mark" | "marked"> = {
  see: () => undefined,
  mark: (processes) => [...processes],
  marked: (processes) => [...processes],
};

/** A course whose driver, target, clock and record are not real. */
export function rigOf(options: RigOptions = {}): Rig {
  const { scenario = scenarioOf(), target = targetOf(), play = landsAll, assess = () => decided } = options;
  const { probes = [], traced, sought } = options;
  const clock = new FakeClock();
  const stop = new AbortController();
  const lines: RecordLine[] = [];
  const progress: Progress[] = [];
  const batches: Batch[] = [];
  const append = (line: RecordLine): void => {
    options.append?.(line);
    lines.push(line);
  };
  const onProgress = (at: Progress): void => void progress.push(at);
  const journal = new Journal({ scenario, record: { append }, clock, onProgress });
  const fate = new Fate({ stop: stop.signal, unwritable: journal.unwritable });
  const runBatch = async (batch: Batch): Promise<BatchTally> => {
    batches.push(batch);
    return play(batch, rig);
  };
  let lastAlone = 10_000;
  const runAlone = async (flow: string): Promise<Operation> => {
    const operation = operationOf({ id: ++lastAlone, flow, tail: true, batch: batches.at(-1)?.number ?? 0 });
    options.alone?.(operation, rig);
    journal.operation(operation);
    return operation;
  };
  const run = (): Promise<void> =>
    drive({
      scenario,
      target,
      driver: { runBatch, runAlone },
      probes,
      traced,
      sought,
      marks: noMarks,
      looking: new OneAtATime(),
      holdBack: options.holdBack?.(rig),
      clock,
      journal,
      fate,
      assess,
      suspects: options.suspects ?? (() => []),
    });
  const rig: Rig = { clock, journal, fate, stop, lines, progress, batches, run };
  return rig;
}

/** Every operation lands, and takes 10 ms. */
export function landsAll({ number, operations }: Batch, { clock, journal }: Rig): BatchTally {
  for (let i = 0; i < operations; i++) {
    void clock.sleep(10);
    journal.operation(operationOf({ batch: number, endedAtMs: clock.now() }));
  }
  return { landed: operations, failed: 0, aborted: 0, reasons: new Map() };
}

/** None does. */
export function failsAll({ operations }: Batch): BatchTally {
  const reasons = new Map([
    ["connection reset", 1],
    ["connection refused", operations - 1],
  ]);
  return { landed: 0, failed: operations, aborted: 0, reasons };
}
