import { randomUUID } from "node:crypto";
import type { Driver } from "../drive/driver.js";
import { assess } from "../judge/assess.js";
import type { Clock } from "../model/clock.js";
import { Problem } from "../model/problem.js";
import type { Progress } from "../model/progress.js";
import type { LookLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import type { CriterionId } from "../model/verdict.js";
import type { Attachment } from "../target/attachment.js";
import type { Target } from "../target/launch.js";
import { placeOf } from "../target/listening.js";
import { type Attached, attachedNote, attachTo, release } from "./attached.js";
import { controlled } from "./controlled.js";
import type { Controls } from "./controls.js";
import type { Course } from "./course.js";
import { drive } from "./drive.js";
import { driverOf } from "./driver-of.js";
import { deathOf, notStarted } from "./endings.js";
import { type Ending, Fate } from "./fate.js";
import { type Endpoint, fillTarget } from "./fill.js";
import { foreignLoad } from "./foreign-load.js";
import { HoldBack } from "./hold-back.js";
import { Journal } from "./journal.js";
import { launched, straceFile } from "./launched.js";
import { Marks } from "./marks.js";
import { portOf } from "./port-of.js";
import { attachProbes } from "./probes.js";
import { OneAtATime } from "./one-at-a-time.js";
import { RecordFile } from "./record-file.js";
import { runLine } from "./run-line.js";
import { socketRoom } from "./socket-room.js";
import { stopTarget } from "./stop.js";
import { suspectsOf } from "./suspects.js";
import { Ticker } from "./ticker.js";

export interface SoakOptions {
  readonly scenario: Scenario;
  readonly quick: boolean;
  readonly plant: string | undefined;
  /** Name and version of the tool, for the record. */
  readonly tool: string;
  /** Folder for the record and the logs; see RecordFile.create. */
  readonly outDir: string;
  /** Words that start the reference gateway, to stand for `{gateway}`. */
  readonly gateway: readonly string[];
  /** Values of the other placeholders: `{goose}`, `{dir}`. */
  readonly values: Readonly<Record<string, string>>;
  /** Folders appended to the target's PATH. */
  readonly pathAppend: readonly string[];
  readonly seed: number;
  /** What operations that run alone after the load are looked at for; absent = whatever fails, empty = none run. */
  readonly sought?: readonly CriterionId[] | undefined;
  /** A second pass: note where things are made. */
  readonly trace?: Trace | undefined;
  /** A target that runs already; see attachedScenario. */
  readonly attach?: Attachment | undefined;
  /** What somebody who looks on may ask of it. */
  readonly controls?: Controls | undefined;
  readonly clock: Clock;
  readonly procRoot: string;
  /** Aborted when the user wants the load to stop and what there is to be judged. */
  readonly stop: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onLook?: ((look: LookLine) => void) | undefined;
}

/** How to note where things are made. */
export interface Trace {
  /** URL of the module that a Node target loads before its own code. */
  readonly preload: string;
  /** Memory too, which is dearer. */
  readonly memory: boolean;
  /** The target is neither Node nor Go: watch its system calls. */
  readonly strace: boolean;
  /** What operations that run alone after the load are to be looked at for; none where it is known who left it. */
  readonly alone: readonly CriterionId[];
}

export interface SoakOutcome {
  readonly folder: string;
  readonly recordPath: string;
}

/**
 * Runs one scenario from start to stop and records it. What came of it, a target that
 * did not start included, is in the record: judge that.
 * @throws Problem exit 2: the folder cannot be written; exit 4: the disk is full; both: there is nothing to attach to.
 */
export async function soak(options: SoakOptions): Promise<SoakOutcome> {
  const attached = options.attach && (await attachTo(options.attach, options));
  const { values, remove } = socketRoom(options.scenario);
  try {
    return await recorded({ ...options, values: { ...options.values, ...values } }, attached);
  } finally {
    remove();
    if (attached) await release(attached.target);
  }
}

async function recorded(options: SoakOptions, attached: Attached | undefined): Promise<SoakOutcome> {
  const record = RecordFile.create(options.outDir);
  const journal = new Journal({ ...options, record });
  const holdBack = new HoldBack({ ...options, journal });
  try {
    const setting = { options, journal, holdBack, folder: record.folder, runId: randomUUID(), attached };
    const ending = await conduct(setting);
    journal.write({ type: "end", atMs: options.clock.now(), ...ending });
  } finally {
    record.close();
  }
  if (journal.problem) throw journal.problem;
  return { folder: record.folder, recordPath: record.path };
}

interface Setting {
  readonly options: SoakOptions;
  readonly journal: Journal;
  readonly holdBack: HoldBack;
  readonly folder: string;
  readonly runId: string;
  /** Undefined where the target is to be started. */
  readonly attached: Attached | undefined;
}

/** One run's surroundings, handed from step to step. */
interface Stage extends Setting {
  readonly endpoint: Endpoint;
  readonly driver: Driver;
  readonly marks: Marks;
  readonly fate: Fate;
}

async function conduct(setting: Setting): Promise<Ending> {
  const { options, journal, attached } = setting;
  const endpoint = attached?.endpoint ?? fillTarget(options, await portOf(options.scenario));
  journal.write(runLine({ ...options, attached: attached?.named }, endpoint.words));
  journal.enter("start", 0);
  const sinceMs = options.clock.now();
  try {
    // Before the launch: what it refuses must not leave a target behind.
    const driver = driverOf(setting, endpoint);
    const target = attached?.target ?? (await launched(setting, endpoint));
    const fate = new Fate({ stop: options.stop, unwritable: journal.unwritable });
    const marks = new Marks(options);
    const stage: Stage = { ...setting, endpoint, driver, marks, fate };
    return await withTarget(stage, target, options.clock.now() - sinceMs);
  } catch (error) {
    if (error instanceof Problem) return notStarted(error, options.stop);
    throw error;
  }
}

async function withTarget(stage: Stage, target: Target, tookMs: number): Promise<Ending> {
  const { options, journal, driver, marks, fate } = stage;
  const { scenario, clock } = options;
  void target.exited.then((exit) => fate.died(deathOf(exit, journal.operations)));
  try {
    const ticker = tickerOf(stage, target);
    ticker.start();
    try {
      await measure(stage, target, tookMs);
    } finally {
      await ticker.stop();
    }
    return fate.told(target);
  } finally {
    if (stage.attached) {
      await driver.close();
    } else {
      journal.enter("stop", 0);
      journal.write(await stopTarget({ target, driver, marks, scenario, clock, dead: fate.dead }));
    }
  }
}

async function measure(stage: Stage, target: Target, tookMs: number): Promise<void> {
  const { options, journal, endpoint, folder, driver, marks, fate, holdBack } = stage;
  const { scenario, clock, procRoot, trace } = options;
  const calls = trace?.strace ? straceFile(folder) : undefined;
  const where = { ...placeOf(endpoint.spec.ready, endpoint.port), url: endpoint.spec.url };
  const asked = { target, wanted: scenario.probes, ...where, clock, procRoot, trace, calls };
  const { probes, gaps, renew } = await attachProbes(asked);
  for (const { what, why } of gaps) journal.note(`no look inside the target: ${what}: ${why}`);
  const names = [...new Set(probes.map((probe) => probe.name))];
  const costs = Object.fromEntries(probes.map(({ name, cost }) => [name, cost]));
  const { pid, follow } = target;
  journal.write({ type: "started", atMs: clock.now(), pid, tookMs, follow, probes: names, costs });
  if (stage.attached) journal.note(attachedNote(stage.attached, scenario));
  try {
    const judgeSoFar: Course["assess"] = (options) => assess(journal.soFar(), options);
    const looking = {
      probes,
      renew,
      marks,
      looking: new OneAtATime(),
      traced: trace !== undefined,
      sought: trace?.alone ?? options.sought,
    };
    const engine = foreignLoad({ ...options, ...stage, target });
    const parts = { scenario, target, driver, engine, clock, journal, fate, holdBack, ...looking };
    const course = { ...parts, assess: judgeSoFar, suspects: () => suspectsOf(journal.soFar()) };
    const release = options.controls?.attend(controlled(course, stage));
    await drive(course).finally(release);
  } finally {
    // Before the stop: a Node target waits at its exit until its debugger has left.
    for (const probe of probes) await probe.close();
  }
}

function tickerOf({ options, journal, marks, fate }: Stage, target: Target): Ticker {
  return new Ticker({
    target,
    clock: options.clock,
    marks,
    operations: () => journal.operations,
    onTick: (tick) => {
      journal.tick(tick);
      const exceeded = target.exceeded();
      if (exceeded !== undefined) fate.stalled(exceeded);
    },
  });
}
