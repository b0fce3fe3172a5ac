import { type Random, seeded } from "../../src/drive/random.js";
import type { Operation } from "../../src/model/operation.js";
import type { RunRecord } from "../../src/model/record.js";
import type { Phase, Snapshot } from "../../src/model/snapshot.js";
import { nodeProbe, recordOf } from "../judge/record-builder.js";
import { bootMs, Kernel } from "./simulated-kernel.js";
import { type Habit, habits, type Machine } from "./simulated-habits.js";

export interface SimulatedPlan {
  readonly seed: number;
  readonly sessions?: number;
  readonly perBatch?: number;
  readonly concurrency?: number;
  /** Ports that clients get theirs from: the fewer, the more often one is used again. */
  readonly ports?: number;
  /** Share of sessions that leave something. */
  readonly leaking?: number;
  /** Share of agents that bear the session id. */
  readonly marked?: number;
  readonly habits?: readonly (keyof typeof habits)[];
  /** Operations that run alone in the end. */
  readonly tail?: number;
  /** Pause between one operation and the next, at the most. */
  readonly pauseMs?: number;
}

/** A run as it would be recorded, and who left what, as only the simulation knows: operations by thing. */
export interface SimulatedRun {
  readonly record: RunRecord;
  readonly truth: ReadonlyMap<string, number>;
}

const longestMs = 400;
/** Of what sessions start, so much is started when the session has ended already. */
const lateShare = 0.05;

export function simulatedRun(plan: SimulatedPlan): SimulatedRun {
  const { sessions = 1000, perBatch = 100, tail = 0 } = plan;
  const simulation = new Simulation(plan);
  simulation.looks("baseline", 0);
  const batches = Math.ceil(sessions / perBatch);
  for (let batch = 1; batch <= batches; batch++) {
    if (batch === Math.ceil(batches / 2)) simulation.restartWorker();
    simulation.load(batch, perBatch);
    simulation.look("batch", batch);
  }
  simulation.looks("drain", batches);
  if (tail > 0) simulation.look("tail", batches, 0);
  for (let index = 0; index < tail; index++) simulation.alone(batches);
  return simulation.end();
}

type Deed = readonly [atMs: number, act: () => void];

class Simulation {
  readonly #plan: SimulatedPlan;
  readonly #random: Random;
  readonly #kernel: Kernel;
  readonly #machine: Machine;
  readonly #operations: Operation[] = [];
  readonly #snapshots: Snapshot[] = [];
  #nowMs = bootMs + 3_600_000;

  constructor(plan: SimulatedPlan) {
    this.#plan = plan;
    this.#random = seeded(plan.seed);
    this.#kernel = new Kernel(this.#random, plan.ports ?? 28_000);
    const gateway = this.#kernel.boot(100, 1, "gateway");
    this.#kernel.open(gateway, this.#kernel.socket({ state: "LISTEN", local: "127.0.0.1:8080" }));
    const worker = this.#kernel.boot(101, 100, "worker");
    this.#machine = {
      kernel: this.#kernel,
      random: this.#random,
      gateway,
      worker,
      truth: new Map(),
      marked: plan.marked ?? 0.8,
      daemon: undefined,
    };
  }

  restartWorker(): void {
    const { worker, gateway } = this.#machine;
    this.#kernel.end(worker, "reaped");
    this.#machine.worker = this.#kernel.spawn({ atMs: this.#nowMs, parent: gateway, name: "worker" });
  }

  /** One batch at the concurrency of the plan; what many sessions do is done in the order of time. */
  load(batch: number, size: number): void {
    const { concurrency = 25, pauseMs = 0 } = this.#plan;
    const free = Array.from({ length: concurrency }, () => this.#nowMs);
    const deeds: Deed[] = [];
    for (let index = 0; index < size; index++) {
      const lane = free.indexOf(Math.min(...free));
      const startedAtMs = (free[lane] ?? 0) + Math.floor(this.#random() * (pauseMs + 1));
      const operation = this.#schedule({ batch, startedAtMs }, deeds);
      free[lane] = operation.endedAtMs + 1;
    }
    this.#play(deeds);
  }

  alone(batch: number): void {
    const deeds: Deed[] = [];
    const { id } = this.#schedule({ batch, startedAtMs: this.#nowMs, tail: true }, deeds);
    this.#play(deeds);
    this.look("tail", batch, id);
  }

  look(phase: Phase, batch: number, after?: number): void {
    this.#nowMs += 500;
    const operations = this.#operations.filter(({ tail }) => tail !== true).length;
    this.#snapshots.push({
      phase,
      batch,
      operations,
      atMs: this.#nowMs,
      quiet: true,
      processes: this.#kernel.look(),
      probes: [nodeProbe(4)],
      gaps: [],
      ...(after === undefined ? {} : { after }),
    });
  }

  looks(phase: Phase, batch: number): void {
    for (const _ of [1, 2, 3]) this.look(phase, batch);
  }

  end(): SimulatedRun {
    const base = recordOf({});
    const system = { ...base.run.system, bootMs };
    const run = { ...base.run, system, startedAtMs: bootMs };
    const record = { ...base, run, operations: this.#operations, snapshots: this.#snapshots };
    return { record, truth: this.#machine.truth };
  }

  #schedule(of: Pick<Operation, "batch" | "startedAtMs" | "tail">, deeds: Deed[]): Operation {
    const localPorts: number[] = [];
    const { startedAtMs } = of;
    const endedAtMs = startedAtMs + 60 + Math.floor(this.#random() * longestMs);
    const id = this.#operations.length + 1;
    const operation: Operation = { ...of, id, flow: "chat", outcome: "landed", endedAtMs, localPorts };
    this.#operations.push(operation);
    const machine = this.#machine;
    const habit = this.#habit();
    let fd: number | undefined;
    const connect = (): void => {
      const connected = machine.kernel.connect(machine.gateway);
      localPorts.push(connected.port);
      fd = connected.fd;
    };
    const isLate = this.#random() < lateShare;
    const atMs = (isLate ? endedAtMs : startedAtMs) + 5 + Math.floor(this.#random() * (isLate ? 400 : 40));
    deeds.push(
      [startedAtMs + 2, connect],
      [atMs, () => habit.begin?.({ ...machine, machine, operation, atMs })],
      [endedAtMs, () => this.#leave(habit, operation, fd)],
    );
    return operation;
  }

  #leave({ keepsSocket }: Habit, { id, localPorts }: Operation, fd = 0): void {
    const { kernel, gateway, truth } = this.#machine;
    for (const port of localPorts) kernel.hangUp(port);
    const entry = gateway.fds.get(fd);
    if (keepsSocket === true && entry) truth.set(`fd ${gateway.pid}/${fd}/${entry.target}`, id);
    else gateway.fds.delete(fd);
  }

  #play(deeds: Deed[]): void {
    for (const [atMs, act] of deeds.toSorted(([a], [b]) => a - b)) {
      this.#nowMs = Math.max(this.#nowMs, atMs);
      act();
    }
    this.#nowMs += 500;
  }

  #habit(): Habit {
    const { leaking = 1, habits: wanted = Object.keys(habits) as (keyof typeof habits)[] } = this.#plan;
    if (this.#random() >= leaking) return {};
    return habits[wanted[Math.floor(this.#random() * wanted.length)] ?? "file"];
  }
}
