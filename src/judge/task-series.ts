import type { Series } from "../model/series.js";
import type { Snapshot } from "../model/snapshot.js";
import { bestProbe } from "./best-probe.js";
import type { Level } from "./judge-levels.js";
import { type LevelSlots, levelSlots } from "./level-slots.js";
import type { RunView } from "./run-view.js";

/** What tasks are counted by. */
export interface TaskSource {
  /** The probe's name, or `threads`. */
  readonly name: string;
  /** Singular and plural. */
  readonly noun: readonly [string, string];
  /** The sum first, where there is more than one place in the tree. Empty when the look was lost. */
  readonly levels: readonly Level[];
}

/** The probe that sees most; without any, threads stand in. */
export function taskSource(view: RunView): TaskSource {
  const telling = view.baseline[0]?.probes.filter(({ tasks }) => typeof tasks === "number") ?? [];
  const probe = bestProbe(telling);
  if (!probe) {
    const levels = levelsOf(
      levelSlots(view, ({ threads }) => threads),
      "threads",
    );
    return { name: "threads", noun: ["thread", "threads"], levels };
  }
  const noun = probe.probe === "go" ? (["goroutine", "goroutines"] as const) : (["task", "tasks"] as const);
  if (probe.pid === undefined) return { name: probe.probe, noun, levels: pageLevel(view, probe.probe) };
  const levels = levelSlots(
    view,
    ({ pid }, { probes }) =>
      probes.find((sample) => sample.probe === probe.probe && sample.pid === pid)?.tasks,
  );
  return { name: probe.probe, noun, levels: levelsOf(levels, "tasks").filter(isWhole) };
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

/** A page belongs to no process. */
function pageLevel(view: RunView, probe: string): Level[] {
  const tasksOf = ({ probes }: Snapshot): number[] =>
    probes.flatMap((sample) =>
      sample.probe === probe && Number.isFinite(sample.tasks) ? (sample.tasks ?? []) : [],
    );
  const startedAtMs = view.baseline.at(-1)?.atMs ?? 0;
  const series: Series = {
    name: "tasks",
    kind: "count",
    baseline: view.baseline.flatMap(tasksOf),
    points: view.batches.flatMap((look) =>
      tasksOf(look).map((value) => ({ operations: look.operations, atMs: look.atMs - startedAtMs, value })),
    ),
    drain: view.drain.flatMap(tasksOf),
  };
  return [{ of: "the whole tree", restarts: [], series }];
}
