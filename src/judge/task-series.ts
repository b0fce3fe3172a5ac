import type { ProbeSample } from "../model/snapshot.js";
import type { Level } from "./judge-levels.js";
import { type LevelSlots, levelSlots } from "./level-slots.js";
import { pageLevel } from "./page-level.js";
import type { RunView } from "./run-view.js";
import { tellerOf } from "./teller.js";

/** What tasks are counted by. */
export interface TaskSource {
  /** The probe's name, or `threads`. */
  readonly name: string;
  /** Singular and plural. */
  readonly noun: readonly [string, string];
  /** The sum first, where there is more than one place in the tree. Empty when the look was lost. */
  readonly levels: readonly Level[];
}

/** The look that sees most of them; without any, threads stand in. */
export function taskSource(view: RunView): TaskSource {
  const probe = tellerOf(view.baseline[0]?.probes ?? [], tasksOf);
  if (!probe) {
    const levels = levelsOf(
      levelSlots(view, ({ threads }) => threads),
      "threads",
    );
    return { name: "threads", noun: ["thread", "threads"], levels };
  }
  const { probe: name, pid } = probe;
  const noun = name === "go" ? (["goroutine", "goroutines"] as const) : (["task", "tasks"] as const);
  if (pid === undefined) {
    const page = { slots: [pageLevel(view, name, tasksOf)], tree: undefined };
    return { name, noun, levels: levelsOf(page, "tasks") };
  }
  const levels = levelSlots(
    view,
    ({ pid }, { probes }) => probes.find((sample) => sample.probe === name && sample.pid === pid)?.tasks,
  );
  return { name, noun, levels: levelsOf(levels, "tasks").filter(isWhole) };
}

function tasksOf({ tasks }: ProbeSample): number | undefined {
  return tasks;
}

function levelsOf({ slots, tree }: LevelSlots, name: string): Level[] {
  return [...(tree ? [tree] : []), ...slots].map(({ of, restarts, ...looks }) => ({
    of,
    restarts,
    series: { name, kind: "count", ...looks },
  }));
}

/** A look that was lost before the end tells nothing of the end. */
function isWhole({ series }: Level): boolean {
  return series.drain.length > 0 || series.points.length > 0;
}
