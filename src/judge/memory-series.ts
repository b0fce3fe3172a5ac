import type { ProcessEntry, ProcessMemory } from "../model/resource.js";
import type { Series } from "../model/series.js";
import type { ProbeSample, Snapshot } from "../model/snapshot.js";
import { floorsOf } from "./floors.js";
import { type LevelSlot, type LevelSlots, levelSlots } from "./level-slots.js";
import { pageLevel } from "./page-level.js";
import type { RunView } from "./run-view.js";
import { slotsOf } from "./slots.js";
import { type Part, tellerOf } from "./teller.js";

/** Memory of one place in the tree, or of all of it, with the best measure that there is. */
export interface MemorySeries {
  readonly series: Series;
  /** What was measured: `live bytes after a forced collection`, `private anonymous memory`, … */
  readonly noun: string;
  /** `the whole tree`, or `pid 4127 node server.js`. */
  readonly of: string;
  /** True for a look inside the runtime, right after a forced collection: there is no noise above the floor. */
  readonly isInside: boolean;
  /** As of `LevelSlot.restarts`. */
  readonly restarts: readonly number[];
}

const insideNoun = "live bytes after a forced collection";
const outside: readonly {
  readonly noun: string;
  readonly of: (memory: ProcessMemory) => number | undefined;
}[] = [
  // File cache is apart from it: the kernel takes that back when it needs to.
  { noun: "private anonymous memory", of: ({ anonymousBytes }) => anonymousBytes },
  { noun: "proportional set size", of: ({ pssBytes }) => pssBytes },
  { noun: "resident set size", of: ({ rssBytes }) => rssBytes },
];

/**
 * Everything that `memory` is judged on: from inside for the processes that a probe looked into (or else what the
 * target itself tells of all, where that is after a collection or the scenario names it), and from outside for all, each for every place in the tree and for the sum; the sum comes first, where there is
 * more than one place. Bytes. Of the series from outside the points are the floors of windows.
 */
export function memorySeries(view: RunView): readonly MemorySeries[] {
  const looks = all(levelSlots(view, liveBytes)).map((level) => told(level, insideNoun));
  const inside = looks.length > 0 ? looks : pages(view);
  const best = bestOutside(view);
  const seen = all(best.levels).map((level) =>
    told({ ...level, ...floorsOf(level.points, level.restarts) }, best.noun),
  );
  return [...inside, ...seen];
}

function all({ tree, slots }: LevelSlots): readonly LevelSlot[] {
  return tree ? [tree, ...slots] : slots;
}

function told({ of, restarts, baseline, points, drain }: LevelSlot, noun: string): MemorySeries {
  const series: Series = { name: `${noun} of ${of}`, kind: "memory", baseline, points, drain };
  return { series, noun, of, isInside: noun === insideNoun, restarts };
}

interface Outside {
  readonly noun: string;
  readonly levels: LevelSlots;
}

/** The first measure that as many places have as any. */
function bestOutside(view: RunView): Outside {
  let best: Outside = { noun: "", levels: { slots: [], tree: undefined } };
  for (const { noun, of } of outside) {
    const levels = levelSlots(view, ({ memory }) => memory && of(memory));
    if (levels.slots.length > best.levels.slots.length) best = { noun, levels };
    if (levels.slots.length === slotsOf(view).length) break;
  }
  return best;
}

/** Live memory that belongs to no process. What the scenario names may hold garbage: then its floor counts. */
function pages(view: RunView): readonly MemorySeries[] {
  const isNamed = view.record.run.scenario.probes.metrics?.liveBytes !== undefined;
  const part: Part = (sample) =>
    sample.pid === undefined && (isCollected(sample) || (isNamed && sample.probe === "prometheus"))
      ? sample.liveBytes
      : undefined;
  const teller = tellerOf(view.baseline[0]?.probes ?? [], part);
  if (!teller) return [];
  const level = pageLevel(view, teller.probe, part);
  if (isCollected(teller)) return [told(level, insideNoun)];
  return [told({ ...level, ...floorsOf(level.points) }, "live bytes as the target tells them")];
}

function liveBytes({ pid }: ProcessEntry, { probes }: Snapshot): number | undefined {
  const mine = probes.filter((sample) => sample.pid === pid && isCollected(sample));
  return tellerOf(mine, (sample) => sample.liveBytes)?.liveBytes;
}

function isCollected({ collected }: ProbeSample): boolean {
  return collected === true;
}
