import type { Snapshot } from "../model/snapshot.js";
import { excuseTasks, withoutTasks } from "./allowed-tasks.js";
import { withoutThings } from "./allowed-things.js";
import { rulesOf } from "./allowance-rules.js";
import { Excuses } from "./excuses.js";
import { excusingOf } from "./excusing.js";
import { excuseLeftovers, excuseSurvivors } from "./left-over.js";
import type { RunView } from "./run-view.js";

/**
 * Leaves out of every look alike what may be left over, so that nothing that comes after counts it: not the verdict,
 * not who left it. An allowance without a count covers all that matches it, one with a count what came first.
 */
export function withoutAllowed(view: RunView): RunView {
  const rules = rulesOf(view.record);
  const inForce = rules.filter(({ expired }) => !expired);
  const excuses = new Excuses();
  const excusing = excusingOf(view, inForce, excuses);
  const things = excuseLeftovers(excusing);
  excuseTasks(excusing);
  const stop = excuseSurvivors(excusing, things);
  const account = { allowances: excuses.uses(rules), excused: excuses.given };
  if (excuses.given.length === 0 && inForce.every(({ builtIn }) => builtIn)) return { ...view, ...account };
  const [processesOf, probesOf] = [withoutThings(excusing, things), withoutTasks(excusing)];
  const lessened = (look: Snapshot): Snapshot => ({
    ...look,
    processes: processesOf(look),
    probes: probesOf(look),
  });
  return {
    ...view,
    ...account,
    record: { ...view.record, stop },
    baseline: view.baseline.map(lessened),
    batches: view.batches.map(lessened),
    draining: view.draining.map(lessened),
    drain: view.drain.map(lessened),
    tail: view.tail.map(lessened),
  };
}
