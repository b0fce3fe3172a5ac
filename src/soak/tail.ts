import type { Assessment } from "../judge/assess.js";
import type { Scenario } from "../model/scenario.js";
import type { CriterionId } from "../model/verdict.js";
import type { Course } from "./course.js";
import { look, quiet } from "./looks.js";
import { Stayed } from "./stayed.js";
import { Turns } from "./turns.js";

/** What the load came to, when it ended of itself. */
export interface Loaded {
  /** Of the drained run. */
  readonly assessment: Assessment;
  /** Number of its last batch. */
  readonly batch: number;
  /** Milliseconds, drains included. */
  readonly tookMs: number;
}

/** So many operations with something that stayed show the way of it. */
const enough = 3;
const memoryRounds = 3;
const limits = { leastMs: 3000, mostMs: 15_000, ofLoad: 0.2 };
/** The limit waits until each suspect has had its turn, but not for ever: a flow may take as long as it likes. */
const patience = 3;
const quietMs = 100;
const settledWithinMs = 1000;

/**
 * Where something fails, some operations more, one at a time and each with a snapshot after it: what is new there was
 * left by that one alone. They count for no rate.
 */
export async function tail(course: Course, loaded: Loaded): Promise<void> {
  const sought = course.sought ?? (course.traced ? [] : loaded.assessment.failing);
  if (sought.length === 0 || course.fate.ending.aborted) return;
  const { flows } = course.scenario;
  if (course.journal.operations === 0 || flows.every(({ weight }) => weight === 0)) return;
  const limitMs = course.traced ? leftOf(course.scenario, loaded.tookMs) : limitOf(loaded.tookMs);
  if (limitMs === 0) return;
  await new Tail(course, { batch: loaded.batch, sought, limitMs }, new Turns(flows, course.suspects())).run();
}

interface Asked {
  /** Number of the last batch. */
  readonly batch: number;
  readonly sought: readonly CriterionId[];
  readonly limitMs: number;
}

function limitOf(tookMs: number): number {
  return Math.max(limits.leastMs, Math.min(limits.mostMs, limits.ofLoad * tookMs));
}

/** Of the time that a second pass may take. */
function leftOf({ load }: Scenario, tookMs: number): number {
  return Math.max(0, (load.durationMs ?? 0) - tookMs);
}

class Tail {
  readonly #course: Course;
  readonly #batch: number;
  readonly #turns: Turns;
  readonly #stayed: Stayed;
  readonly #sinceMs: number;
  readonly #heldBeforeMs: number;
  readonly #limitMs: number;
  #after = 0;

  constructor(course: Course, { sought, batch, limitMs }: Asked, turns: Turns) {
    this.#course = course;
    this.#batch = batch;
    this.#turns = turns;
    this.#stayed = new Stayed(sought);
    this.#sinceMs = course.clock.monotonic();
    this.#heldBeforeMs = course.holdBack?.heldMs ?? 0;
    this.#limitMs = limitMs;
  }

  async run(): Promise<void> {
    const { journal, clock, scenario, fate } = this.#course;
    journal.enter("tail", this.#batch);
    await this.#look();
    while (!this.#isOver()) await this.#operation();
    // What stays is told from what is only slow to go: as far as that takes no longer than all before it.
    const drainMs = Math.min(scenario.drainMs, this.#limitMs);
    await clock.sleep(drainMs, fate.ending);
    if (drainMs > 0) await this.#look();
  }

  async #operation(): Promise<void> {
    const { driver, fate, holdBack } = this.#course;
    await holdBack?.wait(fate.ending);
    if (fate.ending.aborted) return;
    const flow = this.#turns.next();
    if (!flow) return;
    const { id } = await driver.runAlone(flow.name, fate.ending);
    this.#after = id;
    await this.#look();
  }

  async #look(): Promise<void> {
    const { fate, scenario } = this.#course;
    if (fate.ending.aborted) return;
    const settle = {
      quietMs: Math.min(scenario.settle.quietMs, quietMs),
      withinMs: Math.min(scenario.settle.withinMs, settledWithinMs),
    };
    const isQuiet = await quiet(this.#course, settle);
    const moment = { phase: "tail", batch: this.#batch, quiet: isQuiet, after: this.#after } as const;
    const snapshot = await look(this.#course, moment);
    if (snapshot) this.#stayed.add(snapshot);
  }

  #isOver(): boolean {
    const { fate, clock, holdBack } = this.#course;
    if (fate.ending.aborted) return true;
    const tookMs = clock.monotonic() - this.#sinceMs - ((holdBack?.heldMs ?? 0) - this.#heldBeforeMs);
    const isLate = this.#turns.rounds > 0 ? tookMs >= this.#limitMs : tookMs >= patience * this.#limitMs;
    if (isLate) return true;
    return this.#stayed.canTell ? this.#stayed.fewest >= enough : this.#turns.rounds >= memoryRounds;
  }
}
