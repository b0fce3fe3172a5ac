import type { CriterionId } from "../model/verdict.js";
import { highest } from "./highest.js";
import type { RunView } from "./run-view.js";
import { measureOf } from "./series-of-criterion.js";

/** Things that sessions hold, and that can be counted. */
const kinds = [
  { id: "tasks", noun: "tasks" },
  { id: "processes", noun: "processes" },
  { id: "fds", noun: "file descriptors" },
] as const satisfies readonly { readonly id: CriterionId; readonly noun: string }[];

/** Fewer than this share of the operations, or than twice the sessions at a time, are connections kept alive. */
const leastShare = 0.1;
const leastRounds = 2;
/** What is left of it after the drain, at most, as a share: more is a leak of its own. */
const mostLeft = 0.1;

/** What went on being held while the load lasted, and was given back in the drain. */
export interface HeldToTheEnd {
  /** `tasks` */
  readonly noun: string;
  readonly count: number;
}

/**
 * Sessions that outlive the load, such as those that a timeout ends: what they hold rises as a leak's would, and the drain
 * takes it back. Undefined where nothing of the kind was seen.
 */
export function heldToTheEnd(view: RunView): HeldToTheEnd | undefined {
  const { operations, record, batches, drain } = view;
  const { concurrency } = record.run.scenario.load;
  const least = Math.max(leastShare * operations.landed, leastRounds * concurrency);
  for (const { id, noun } of kinds) {
    const measure = measureOf(view, id);
    const atLoadsEnd = batches.at(-1);
    const atEnd = drain.at(-1);
    if (!measure || !atLoadsEnd || !atEnd) continue;
    const before = highest(view.baseline.map(measure), 0);
    const count = (measure(atLoadsEnd) ?? before) - before;
    const left = (measure(atEnd) ?? Number.POSITIVE_INFINITY) - before;
    if (count >= least && left <= mostLeft * count) return { noun, count };
  }
  return undefined;
}
