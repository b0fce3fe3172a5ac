import type { Operation } from "../model/operation.js";
import type { Progress } from "../model/progress.js";
import type { TickLine } from "../model/record.js";
import { ptyHolds } from "../model/resource.js";
import type { Scenario } from "../model/scenario.js";
import type { Phase, Snapshot } from "../model/snapshot.js";

/** Follows a run and says where it is, for a live view. Pure but for what it is told. */
export class Tracker {
  readonly #scenario: Scenario;
  #phase: Phase = "start";
  #batch = 0;
  #landed = 0;
  #failed = 0;
  #loadSinceMs: number | undefined;
  #nowMs = 0;
  #held: Pick<Progress, "tasks" | "fds" | "processes" | "ptys" | "rssBytes"> = {
    tasks: undefined,
    fds: undefined,
    processes: undefined,
    ptys: undefined,
    rssBytes: undefined,
  };

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
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
    if (phase === "batch") this.#loadSinceMs ??= atMs;
  }

  ended(operation: Operation): void {
    if (operation.batch === 0) return;
    if (operation.outcome === "landed") this.#landed++;
    if (operation.outcome === "failed") this.#failed++;
    this.#nowMs = operation.endedAtMs;
  }

  ticked(tick: TickLine): void {
    this.#nowMs = tick.atMs;
    this.#held = { ...this.#held, fds: tick.fds, processes: tick.processes, rssBytes: tick.rssBytes };
  }

  snapped(snapshot: Snapshot): void {
    const tasks = snapshot.probes.find((probe) => probe.tasks !== undefined)?.tasks;
    this.#held = { ...this.#held, tasks, ptys: ptyHolds(snapshot.processes).length };
  }

  progress(): Progress {
    const { load, name } = this.#scenario;
    const elapsedMs = this.#nowMs - (this.#loadSinceMs ?? this.#nowMs);
    const perSecond = elapsedMs > 0 ? (this.operations * 1000) / elapsedMs : undefined;
    return {
      scenario: name,
      phase: this.#phase,
      batch: this.#batch,
      batches: load.operations === undefined ? undefined : Math.ceil(load.operations / load.batch),
      operations: this.operations,
      totalOperations: load.operations,
      failed: this.#failed,
      perSecond,
      ...this.#held,
      etaMs: this.#eta(elapsedMs, perSecond),
    };
  }

  #eta(elapsedMs: number, perSecond: number | undefined): number | undefined {
    const { load, drainMs } = this.#scenario;
    if (load.durationMs !== undefined) return Math.max(0, load.durationMs - elapsedMs) + drainMs;
    if (!perSecond || load.operations === undefined) return undefined;
    return ((load.operations - this.operations) / perSecond) * 1000 + drainMs;
  }
}
