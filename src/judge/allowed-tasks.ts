import type { ProbeSample, Snapshot } from "../model/snapshot.js";
import { Excuses } from "./excuses.js";
import { type Excusing, once } from "./excusing.js";
import { taskSource } from "./task-series.js";

type Probes = Snapshot["probes"];

/**
 * Tasks have no identity: of a type that may be left, what is there beyond the baseline is not counted, as far as
 * the allowance goes. The same at every look, so that it bends no series.
 */
export function withoutTasks({ view, ofTask }: Excusing): (look: Snapshot) => Probes {
  const before = beforeOf(view.baseline);
  return ({ probes }) => {
    const excuses = new Excuses();
    return probes.map((sample) => lessened(sample, { before, ofTask, excuses }));
  };
}

/** Accounts for the tasks that are not counted after the drain, where tasks are judged by what names their types. */
export function excuseTasks({ view, ofTask, excuses }: Excusing): void {
  const judged = once(() => taskSource(view).name);
  const before = beforeOf(view.baseline);
  for (const sample of view.drain.at(-1)?.probes ?? []) {
    if (sample.tasksByType && sample.probe === judged()) lessened(sample, { before, ofTask, excuses });
  }
}

interface Counted {
  readonly before: (sample: ProbeSample, type: string) => number;
  readonly ofTask: Excusing["ofTask"];
  readonly excuses: Excuses;
}

function lessened(sample: ProbeSample, { before, ofTask, excuses }: Counted): ProbeSample {
  const { pid, tasks, tasksByType } = sample;
  // A field of a record may also read null.
  if (!tasksByType || typeof tasks !== "number") return sample;
  const types = { ...tasksByType };
  let sum = 0;
  for (const [type, count] of Object.entries(tasksByType)) {
    const beyond = count - before(sample, type);
    const rules = beyond > 0 ? ofTask(type) : [];
    if (rules.length === 0) continue;
    const granted = excuses.ask({ rules, holder: `${pid}`, criteria: ["tasks"], count: beyond });
    types[type] = count - granted;
    sum += granted;
  }
  return sum === 0 ? sample : { ...sample, tasks: Math.max(0, tasks - sum), tasksByType: types };
}

/** The fewest at the baseline; of a process that came later, the fewest of any. */
function beforeOf(baseline: readonly Snapshot[]): Counted["before"] {
  const looks = baseline.map(({ probes }) => probes);
  const fewest = (isMeant: (sample: ProbeSample) => boolean, type: string): number | undefined => {
    const counts = looks.flatMap((probes) =>
      probes.filter(isMeant).map(({ tasksByType }) => tasksByType?.[type] ?? 0),
    );
    return counts.length === 0 ? undefined : Math.min(...counts);
  };
  return ({ probe, pid }, type) => {
    const own = fewest((sample) => sample.probe === probe && sample.pid === pid, type);
    return own ?? fewest((sample) => sample.probe === probe, type) ?? 0;
  };
}
