import type { Operation } from "../model/operation.js";
import type { Progress } from "../model/progress.js";
import type { LoadLine, TickLine } from "../model/record.js";
import { ptyHolds } from "../model/resource.js";
import type { Scenario } from "../model/scenario.js";
import type { Phase, Snapshot } from "../model/snapshot.js";
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
  #held: Pick<Progress, "tasks" | "fds" | "processes" | "ptys" | "rssBytes"> = {
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

  snapped(snapshot: Snapshot): void {
    const tasks = snapshot.probes.find((probe) => probe.tasks !== undefined)?.tasks;
    const ptys = new Set(ptyHolds(snapshot.processes).map(({ ptsNumber }) => ptsNumber)).size;
    this.#held = { ...this.#held, tasks, ptys };
  }

  progress(): Progress {
    const elapsedMs = this.#nowMs - (this.#loadSinceMs ?? this.#nowMs);
    const loadedMs =
      (this.#drainSinceMs ?? this.#nowMs) - (this.#loadSinceMs ?? this.#nowMs) - this.#drainedMs;
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
    };
  }

  #eta(elapsedMs: number, perSecond: number | undefined): number | undefined {
    const { drainMs } = this.#scenario;
    const { untilMs, operations, batches } = this.#leg;
    if (batches === undefined) return Math.max(0, untilMs - elapsedMs) + drainMs;
    if (!perSecond) return undefined;
    return (Math.max(0, operations - this.operations) / perSecond) * 1000 + drainMs;
  }
}
