import type { CountId } from "../../src/compare/counts-left.js";
import type { Reading, RunReading } from "../../src/compare/reading.js";
import type { CountsLeft } from "../../src/compare/counts-left.js";
import type { MemoryGrowth } from "../../src/compare/memory-growth.js";
import type { RunLine } from "../../src/model/record.js";
import { TMixture } from "../../src/stats/t-mixture.js";
import { recordOf } from "../judge/record-builder.js";

/** Units left in each of the batches of 25 operations. */
export function left(units: readonly number[], more: Partial<CountsLeft> = {}): CountsLeft {
  return {
    batches: units.map((each) => ({ operations: 25, units: each })),
    by: undefined,
    passes: false,
    ...more,
  };
}

export const nothing: CountsLeft = left([0, 0, 0, 0, 0, 0], { passes: true });
/** 6 of 150 operations. */
export const leaky: CountsLeft = left([1, 1, 1, 1, 1, 1]);

/** Bytes per operation, and how surely. */
export function growth(center: number, scale: number): MemoryGrowth {
  return { slope: new TMixture([{ weight: 1, center, scale, degreesOfFreedom: 20 }]), by: "live bytes" };
}

export interface Plan {
  readonly where?: string;
  readonly scenario?: string;
  readonly counts?: Partial<Record<CountId, CountsLeft | string>>;
  readonly memory?: MemoryGrowth | string;
  readonly run?: Partial<RunLine>;
  readonly unusable?: string;
  readonly noted?: readonly string[];
}

const { run: runLine } = recordOf();

export function reading(plan: Plan = {}): RunReading {
  const { where = "runs/1", scenario = "churn", counts = {}, memory = growth(0, 500) } = plan;
  const of = (id: CountId): Reading<CountsLeft> => readingOf(counts[id] ?? nothing);
  return {
    where,
    run: {
      ...runLine,
      ...plan.run,
      scenario: { ...(plan.run?.scenario ?? runLine.scenario), name: scenario },
    },
    operations: 150,
    unusable: plan.unusable,
    noted: plan.noted ?? [],
    counts: {
      tasks: of("tasks"),
      processes: of("processes"),
      fds: of("fds"),
      zombies: of("zombies"),
      ptys: of("ptys"),
    },
    memory: readingOf(memory),
  };
}

function readingOf<T extends object>(found: T | string): Reading<T> {
  return typeof found === "string" ? { lack: found } : { read: found };
}
