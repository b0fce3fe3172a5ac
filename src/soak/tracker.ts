import type { Operation } from "../model/operation.js";
import type { Held, Progress } from "../model/progress.js";
import type { LoadLine, TickLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import type { Phase, Snapshot } from "../model/snapshot.js";
import { heldAt } from "./held-at.js";
import { type Leg, plannedLeg } from "./leg.js";

/** Follows a run and says where it is, for a live view. Pure but for what it is told. */
export class Tracker {
  readonly #scenario: Scenario;
  #phase: Phase = "start";
  #batch = 0;
  #landed = 0;
  #failed = 0;
  #loadSinceMs: number | undefined;
  #nowMs = 0;
  #leg: Leg;
  #waitsFor: string | undefined;
  #drainSinceMs: number | undefined;
  #drainedMs = 0;
  /** The load is held back since then. */
  #heldSinceMs: number | undefined;
  #heldMs = 0;
  #held: Held = {
    tasks: undefined,
    fds: undefined,
    processes: undefined,
    ptys: undefined,
    rssBytes: undefined,
  };

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#leg = plannedLeg(scenario.load);
  }

  /** Operations ended since the baseline. */
  get operations(): number {
    return this.#landed + this.#failed;
  }

  get at(): Pick<Snapshot, "phase" | "batch"> {
    return { phase: this.#phase, batch: this.#batch };
  }

  get landed(): number {
    return this.#landed;
  }

  enter(phase: Phase, batch: number, atMs: number): void {
    this.#phase = phase;
    this.#batch = batch;
    this.#nowMs = atMs;
    if (phase === "batch") this.#begin(atMs);
    if (phase === "drain") this.#drainSinceMs = atMs;
  }

  #begin(atMs: number): void {
    this.#loadSinceMs ??= atMs;
    // A drain in the midst of the load says nothing of how fast that goes.
    if (this.#drainSinceMs !== undefined) this.#drainedMs += atMs - this.#drainSinceMs;
    this.#drainSinceMs = undefined;
  }

  /** The load goes on to there. */
  aim(leg: Leg): void {
    this.#leg = leg;
  }

  waitFor(what: string | undefined): void {
    this.#waitsFor = what;
  }

  ended(operation: Operation): void {
    if (operation.batch === 0 || operation.tail === true) return;
    if (operation.outcome === "landed") this.#landed++;
    if (operation.outcome === "failed") this.#failed++;
    this.#nowMs = operation.endedAtMs;
  }

  /** By a foreign engine. */
  loaded({ failed, atMs }: Pick<LoadLine, "failed" | "atMs">, exposure: number): void {
    this.#landed += exposure - failed;
    this.#failed += failed;
    this.#nowMs = atMs;
  }

  ticked(tick: TickLine): void {
    this.#nowMs = tick.atMs;
    const { fds, processes, rssBytes, ptys = this.#held.ptys } = tick;
    this.#held = { ...this.#held, fds, processes, rssBytes, ptys };
  }

  held(atMs: number): void {
    this.#nowMs = atMs;
    this.#heldSinceMs = atMs;
  }

  released(atMs: number): void {
    if (this.#isLoading) this.#heldMs += atMs - (this.#heldSinceMs ?? atMs);
    this.#nowMs = atMs;
    this.#heldSinceMs = undefined;
  }

  /** @returns the progress that tells of the look. */
  snapped(snapshot: Snapshot): Progress {
    const held = heldAt(snapshot);
    this.#nowMs = snapshot.atMs;
    // Some are seen at looks only; the others are told by the ticks, between looks too.
    this.#held = { ...this.#held, tasks: held.tasks, ptys: held.ptys };
    return { ...this.progress(), look: { phase: snapshot.phase, held } };
  }

  progress(): Progress {
    const pausedMs = this.#heldSinceMs === undefined ? undefined : this.#nowMs - this.#heldSinceMs;
    const sinceMs = (this.#loadSinceMs ?? this.#nowMs) + this.#heldMs;
    const heldMs = this.#isLoading ? (pausedMs ?? 0) : 0;
    const goneMs = (untilMs: number): number => Math.max(0, untilMs - sinceMs - heldMs);
    const elapsedMs = goneMs(this.#nowMs);
    const loadedMs = goneMs(this.#drainSinceMs ?? this.#nowMs) - this.#drainedMs;
    const perSecond = loadedMs > 0 ? (this.operations * 1000) / loadedMs : undefined;
    const { operations, batches } = this.#leg;
    return {
      scenario: this.#scenario.name,
      phase: this.#phase,
      batch: this.#batch,
      batches,
      operations: this.operations,
      totalOperations: batches === undefined ? undefined : operations,
      failed: this.#failed,
      perSecond,
      ...this.#held,
      etaMs: this.#eta(elapsedMs, perSecond),
      waitsFor: this.#waitsFor,
      ...(pausedMs === undefined ? {} : { pausedMs }),
    };
  }

  /** What is held back before the load or after it takes none of its time. */
  get #isLoading(): boolean {
    return this.#loadSinceMs !== undefined && this.#drainSinceMs === undefined;
  }

  get #drainLeftMs(): number {
    const goneMs = this.#drainSinceMs === undefined ? 0 : this.#nowMs - this.#drainSinceMs;
    return Math.max(0, this.#scenario.drainMs - goneMs);
  }

  #eta(elapsedMs: number, perSecond: number | undefined): number | undefined {
    const drainMs = this.#drainLeftMs;
    const { untilMs, operations, batches } = this.#leg;
    if (batches === undefined) return Math.max(0, untilMs - elapsedMs) + drainMs;
    if (!perSecond) return undefined;
    return (Math.max(0, operations - this.operations) / perSecond) * 1000 + drainMs;
  }
}
