import type { Clock } from "../model/clock.js";
import { processKey } from "../model/resource.js";
import type { Scenario } from "../model/scenario.js";
import type { Phase } from "../model/snapshot.js";
import type { Driver } from "../drive/driver.js";
import type { Probe } from "../probe/probe.js";
import type { Target } from "../target/target.js";
import type { Fate } from "./fate.js";
import type { Journal } from "./journal.js";
import { settle } from "./settle.js";
import { takeSnapshot } from "./snapshot.js";

/** What the phases of one run share. */
export interface Course {
  readonly scenario: Scenario;
  readonly target: Target;
  readonly driver: Pick<Driver, "runBatch">;
  readonly probes: readonly Probe[];
  readonly clock: Clock;
  readonly journal: Journal;
  readonly fate: Fate;
}

/** Looks taken at the baseline and after the drain: one look cannot tell noise from level. */
const looksAtEnds = 3;
const betweenLooksMs = 50;
/** Without a ramp, sessions start as fast as the concurrency lets them. */
const noRamp = 0;

/** Warm-up → baseline → [ batch → settle → snapshot ] × n → drain → snapshot. */
export async function drive(course: Course): Promise<void> {
  await warmUp(course);
  course.journal.enter("baseline", 0);
  await looks(course, "baseline", 0);
  const batches = await load(course);
  if (course.fate.dead.aborted) return;
  course.journal.enter("drain", batches);
  await course.clock.sleep(course.scenario.drainMs, course.fate.dead);
  await looks(course, "drain", batches);
}

async function warmUp(course: Course): Promise<void> {
  const { warmup, concurrency } = course.scenario.load;
  course.journal.enter("warm-up", 0);
  if (warmup > 0) await batch(course, { number: 0, operations: warmup, rampMs: noRamp, concurrency });
  await quiet(course);
}

interface Batch {
  readonly number: number;
  readonly operations: number;
  readonly concurrency: number;
  readonly rampMs: number;
}

async function batch(course: Course, plan: Batch): Promise<void> {
  const tally = await course.driver.runBatch({ ...plan, signal: course.fate.ending });
  const [reason, count] = [...tally.reasons].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  if (tally.landed > 0 || reason === undefined) return;
  const where = plan.number === 0 ? "the warm-up" : `batch ${plan.number}`;
  course.fate.stalled(`no operation of ${where} landed: ${reason} (${count} of ${plan.operations})`);
}

/** @returns the number of the last batch that ran. */
async function load(course: Course): Promise<number> {
  const { load } = course.scenario;
  const startedAtMs = course.clock.now();
  const isOver = (done: number): boolean =>
    course.fate.ending.aborted ||
    (load.operations !== undefined && done >= load.operations) ||
    (load.durationMs !== undefined && course.clock.now() - startedAtMs >= load.durationMs);
  let done = 0;
  let number = 0;
  while (!isOver(done)) {
    number++;
    const operations = Math.min(load.batch, (load.operations ?? Number.POSITIVE_INFINITY) - done);
    course.journal.enter("batch", number);
    const rampMs = number === 1 ? load.rampMs : noRamp;
    await batch(course, { number, operations, rampMs, concurrency: load.concurrency });
    done += operations;
    if (course.fate.dead.aborted) break;
    await settledLook(course, number);
  }
  return number;
}

async function settledLook(course: Course, number: number): Promise<void> {
  course.journal.enter("settle", number);
  const isQuiet = await quiet(course);
  if (!course.fate.dead.aborted) await look(course, { phase: "batch", batch: number, quiet: isQuiet });
}

async function looks(course: Course, phase: "baseline" | "drain", batchNumber: number): Promise<void> {
  const isQuiet = await quiet(course);
  for (let i = 0; i < looksAtEnds && !course.fate.dead.aborted; i++) {
    if (i > 0) await course.clock.sleep(betweenLooksMs, course.fate.dead);
    await look(course, { phase, batch: batchNumber, quiet: isQuiet });
  }
}

async function look(
  course: Course,
  moment: { readonly phase: Phase; readonly batch: number; readonly quiet: boolean },
): Promise<void> {
  const { journal, fate } = course;
  const looker = { ...course, signal: fate.dead };
  const snapshot = await takeSnapshot(looker, { ...moment, operations: journal.operations });
  if (!fate.dead.aborted) journal.snapshot(snapshot);
}

function quiet(course: Course): Promise<boolean> {
  const { target, clock, scenario } = course;
  return settle({ settle: scenario.settle, clock, signal: course.fate.dead, look: () => heldBy(target) });
}

/** Which processes there are, in which state, with how many fds: cheap enough to ask 40 times a second. */
function heldBy(target: Target): string {
  const { processes } = target.sample({ fds: false, memory: false, sockets: false });
  return processes
    .map((entry) => `${processKey(entry)}${entry.state === "Z" ? "Z" : ""}:${entry.fdCount}`)
    .join(" ");
}
