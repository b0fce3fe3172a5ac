import type { Assessment } from "../judge/assess.js";
import { formatDuration } from "../model/units.js";
import { noRamp, runBatch } from "./batch.js";
import type { Course } from "./course.js";
import { isLookDue, isOver, type Leg, mayStopEarly, nextLeg, plannedLeg, type Reached } from "./leg.js";
import { drain, settledLook } from "./looks.js";
import type { Loaded } from "./tail.js";

/**
 * The load and its drain. A run that is asked for a power stops early once it has it; one that could not decide
 * goes on, as far as the scenario allows. Undefined where it was ended from outside.
 */
export async function load(course: Course): Promise<Loaded | undefined> {
  const going = new Going(course);
  await going.go();
  going.tellMore();
  return going.loaded();
}

/** A load under way. */
class Going {
  readonly #course: Course;
  readonly #sinceMs: number;
  /** A pause in the warm-up takes nothing from the time of the load. */
  readonly #heldBeforeMs: number;
  #operations = 0;
  #batches = 0;
  #quiet = true;
  #looks = 0;
  #drainedAfter: number | undefined;
  /** Of the last drain; undefined where there was nothing to decide any more. */
  #assessment: Assessment | undefined;
  /** Operations beyond the planned size, and what they were for. */
  #more = 0;
  readonly #waitedFor = new Set<string>();

  constructor(course: Course) {
    this.#course = course;
    this.#sinceMs = course.clock.monotonic();
    this.#heldBeforeMs = course.holdBack?.heldMs ?? 0;
  }

  async go(): Promise<void> {
    const { load } = this.#course.scenario;
    if (await this.#plan(plannedLeg(load))) return;
    for (;;) {
      const assessment = await this.#drained();
      if (!assessment) return;
      const leg = goesOn(assessment) ? nextLeg(load, this.#reached()) : undefined;
      this.#tell(assessment, leg && assessment.waitsFor);
      if (!leg) return;
      await this.#extend(leg, assessment.waitsFor);
    }
  }

  loaded(): Loaded | undefined {
    const assessment = this.#assessment;
    const { batches, elapsedMs } = this.#reached();
    return assessment && { assessment, batch: batches, tookMs: elapsedMs };
  }

  /** Says in the record why the run was longer than planned. */
  tellMore(): void {
    if (this.#more === 0) return;
    const why = [...this.#waitedFor].join("; then for ");
    const unit = this.#course.scenario.load.engine?.kind === "external" ? "seconds" : "operations";
    this.#course.journal.note(`went on for ${this.#more} more ${unit}, waiting for ${why}`);
  }

  /** @returns true when everything asked for was decided before the end, after a drain. */
  async #plan(leg: Leg): Promise<boolean> {
    while (!this.#isOver(leg)) {
      await this.#batch(leg);
      if (!isLookDue(this.#batches) || this.#isOver(leg) || !(await this.#isDecided())) continue;
      const { operations, durationMs } = this.#course.scenario.load;
      const reached = this.#reached();
      const size =
        operations === undefined
          ? `${formatDuration(reached.elapsedMs)} of ${formatDuration(durationMs ?? 0)}`
          : `${reached.operations} of ${operations} operations`;
      this.#course.journal.note(`stopped after ${size}: everything asked for was decided`);
      return true;
    }
    return false;
  }

  async #extend(leg: Leg, waitsFor: string | undefined): Promise<void> {
    this.#waitedFor.add(waitsFor ?? "a verdict");
    this.#course.journal.aim(leg);
    const before = this.#operations;
    while (!this.#isOver(leg)) await this.#batch(leg);
    this.#more += this.#operations - before;
  }

  async #batch(leg: Leg): Promise<void> {
    const course = this.#course;
    const { batch, rampMs } = course.scenario.load;
    const number = ++this.#batches;
    const operations = Math.min(batch, leg.operations - this.#operations);
    course.journal.enter("batch", number);
    await runBatch(course, { number, operations, rampMs: number === 1 ? rampMs : noRamp });
    this.#operations += operations;
    if (!course.fate.dead.aborted) this.#quiet = await settledLook(course, number);
  }

  /** A look before the end: first without a drain, which is dear; only what the drain confirms is decided. */
  async #isDecided(): Promise<boolean> {
    const { assess, journal, scenario } = this.#course;
    let assessment: Assessment | undefined = assess({ drained: false });
    journal.waitFor(assessment.waitsFor);
    // A look that can decide nothing costs nothing, and is not told.
    if (!mayStopEarly(scenario)) return false;
    if (assessment.decided) assessment = await this.#drained();
    if (!assessment) return false;
    this.#tell(assessment, assessment.decided ? undefined : assessment.waitsFor);
    return assessment.decided;
  }

  /** Undefined where there is nothing to decide any more: the run is at its end, whatever was found. */
  async #drained(): Promise<Assessment | undefined> {
    const { fate, assess } = this.#course;
    this.#assessment = undefined;
    if (fate.dead.aborted) return undefined;
    if (this.#drainedAfter !== this.#batches) {
      this.#drainedAfter = this.#batches;
      await drain(this.#course, { batch: this.#batches, quiet: this.#quiet });
    }
    if (!fate.ending.aborted) this.#assessment = assess({ drained: true });
    return this.#assessment;
  }

  #tell({ decided }: Assessment, waitsFor: string | undefined): void {
    const { journal, clock } = this.#course;
    journal.look({
      type: "look",
      look: ++this.#looks,
      batch: this.#batches,
      operations: journal.operations,
      atMs: clock.now(),
      decided,
      waitsFor,
    });
  }

  #isOver(leg: Leg): boolean {
    return this.#course.fate.ending.aborted || isOver(leg, this.#reached());
  }

  #reached(): Reached {
    const { clock, holdBack } = this.#course;
    const elapsedMs = clock.monotonic() - this.#sinceMs - ((holdBack?.heldMs ?? 0) - this.#heldBeforeMs);
    return { operations: this.#operations, batches: this.#batches, elapsedMs };
  }
}

function goesOn({ decided, canSettle }: Assessment): boolean {
  return !decided && canSettle;
}
