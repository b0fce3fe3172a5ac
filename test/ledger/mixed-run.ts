import type { Ledger } from "../../src/ledger/attribute.js";
import { Design } from "../../src/drive/design.js";
import { type Random, seeded } from "../../src/drive/random.js";
import type { Leftover } from "../../src/model/leftover.js";
import type { Operation } from "../../src/model/operation.js";
import type { RunRecord } from "../../src/model/record.js";
import type { FdEntry } from "../../src/model/resource.js";
import type { Flow } from "../../src/model/scenario.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import { file, mib, nodeProbe, recordOf, server } from "../judge/record-builder.js";

/** What one session leaves, by chance. */
interface Leaving {
  readonly fds?: number;
  readonly tasks?: number;
  /** Bytes, of each session. */
  readonly memory?: number;
}

export interface MixedPlan {
  readonly flows: readonly (Pick<Flow, "name"> & Partial<Flow>)[];
  readonly leaks: Readonly<Record<string, Leaving>>;
  readonly batches?: number;
  readonly size?: number;
  readonly seed?: number;
  /** Operations of each flow that run alone in the end. */
  readonly tail?: number;
}

const stepMs = 1000;

/** A run as it would be recorded, of flows that leave what the plan says. */
export function mixedRun(plan: MixedPlan): {
  readonly record: RunRecord;
  readonly leavers: ReadonlyMap<number, Operation>;
} {
  const flows = plan.flows.map((flow) => ({ weight: 1, steps: [], ...flow }));
  const { batches = 12, seed = 1, tail = 0 } = plan;
  const world = new World(plan.leaks, seeded(seed * 7919));
  const design = new Design(flows, seed);
  const { size = 60 } = plan;
  const load = (number: number): void => {
    for (const [index, count] of design.counts(number, size).entries()) {
      for (let n = 0; n < count; n++) world.operate(flows[index]?.name ?? "", number);
    }
  };
  for (const _ of [1, 2, 3]) world.look("baseline", 0);
  for (let number = 1; number <= batches; number++) {
    load(number);
    world.look("batch", number);
  }
  for (const _ of [1, 2, 3]) world.look("drain", batches);
  if (tail > 0) world.tail(flows, { times: tail, batch: batches });
  const base = recordOf({});
  const scenario = { ...base.run.scenario, flows };
  const record = {
    ...base,
    run: { ...base.run, scenario },
    operations: world.operations,
    snapshots: world.snapshots,
  };
  return { record, leavers: world.leavers };
}

class World {
  readonly operations: Operation[] = [];
  readonly snapshots: Snapshot[] = [];
  /** By the number of the file descriptor. */
  readonly leavers = new Map<number, Operation>();
  readonly #leaks: MixedPlan["leaks"];
  readonly #random: Random;
  readonly #fds: FdEntry[] = [file(1, "/dev/null")];
  #tasks = 4;
  #bytes = 10 * mib;
  #atMs = 3000;

  constructor(leaks: MixedPlan["leaks"], random: Random) {
    this.#leaks = leaks;
    this.#random = random;
  }

  operate(flow: string, batch: number, isAlone = false): Operation {
    const id = this.operations.length + 1;
    const times = { startedAtMs: this.#atMs, endedAtMs: this.#atMs + 1 };
    const tail = isAlone ? { tail: true } : {};
    const operation: Operation = { id, flow, batch, ...times, outcome: "landed", localPorts: [], ...tail };
    this.operations.push(operation);
    const { fds = 0, tasks = 0, memory = 0 } = this.#leaks[flow] ?? {};
    for (let n = 0; n < Math.floor(fds + this.#random()); n++) {
      this.#fds.push(file(100 + this.#fds.length, "/tmp/x"));
      this.leavers.set(this.#fds.at(-1)?.fd ?? 0, operation);
    }
    this.#tasks += Math.floor(tasks + this.#random());
    this.#bytes += memory;
    return operation;
  }

  tail(flows: readonly Flow[], { times, batch }: { readonly times: number; readonly batch: number }): void {
    this.look("tail", batch, 0);
    for (let n = 0; n < times; n++) {
      for (const { name } of flows) this.look("tail", batch, this.operate(name, batch, true).id);
    }
  }

  look(phase: Snapshot["phase"], batch: number, after?: number): void {
    this.#atMs += stepMs;
    const operations = this.operations.filter(({ tail }) => tail !== true).length;
    this.snapshots.push({
      phase,
      batch,
      operations,
      atMs: this.#atMs,
      quiet: true,
      after,
      processes: [server([...this.#fds])],
      probes: [nodeProbe(this.#tasks, this.#bytes + Math.floor(20_000 * this.#random()))],
      gaps: [],
    });
  }
}

/** The truth about the leftovers, for those that `isKnown`. */
export function truthOf(
  left: readonly Leftover[],
  leavers: ReadonlyMap<number, Operation>,
  isKnown: (operation: Operation) => boolean,
): Ledger {
  return new Map(
    left.flatMap((thing) => {
      const operation = thing.kind === "fd" ? leavers.get(thing.entry.fd) : undefined;
      if (!operation || !isKnown(operation)) return [];
      return [[thing, { operation, sureness: "certain", because: "it is made up" }] as const];
    }),
  );
}
