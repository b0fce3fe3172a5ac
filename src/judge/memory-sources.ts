import { isZombie, type ProcessMemory, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import { type Levels, levelsOf, sumOf } from "./levels.js";
import type { RunView } from "./run-view.js";

export interface MemorySource {
  readonly noun: string;
  readonly levels: Levels;
}

/** Live bytes after a forced collection, of every process that was looked into at the baseline. */
export function collectedMemory(view: RunView): MemorySource | undefined {
  const looks = view.baseline[0]?.probes.filter(isCollected) ?? [];
  const name = (looks.find(({ probe }) => probe === "node") ?? looks[0])?.probe;
  const pids = looks.filter(({ probe }) => probe === name).map(({ pid }) => pid);
  const levels = levelsOf(view, ({ probes }) => {
    const mine = probes.filter((sample) => sample.probe === name && isCollected(sample));
    return sumOf(pids.map((pid) => mine.find((sample) => sample.pid === pid)?.liveBytes));
  });
  return levels && { noun: "live bytes after a forced collection", levels };
}

function isCollected({ collected, liveBytes }: Snapshot["probes"][number]): boolean {
  return collected === true && typeof liveBytes === "number";
}

const measures: readonly {
  readonly noun: string;
  readonly of: (memory: ProcessMemory) => number | undefined;
}[] = [
  { noun: "private anonymous memory", of: (memory) => memory.anonymousBytes },
  { noun: "proportional set size", of: (memory) => memory.pssBytes },
  { noun: "resident set size", of: (memory) => memory.rssBytes },
];

/** Seen from outside, of the processes of the baseline: the best measure that the baseline has. */
export function outsideMemory(view: RunView): MemorySource | undefined {
  for (const { noun, of } of measures) {
    const levels = levelsOf(view, (snapshot) => outside(view, snapshot, of));
    if (levels) return { noun, levels };
  }
  return undefined;
}

function outside(
  view: RunView,
  { processes }: Snapshot,
  of: (memory: ProcessMemory) => number | undefined,
): number | undefined {
  const mine = processes.filter((entry) => view.oldHands.has(processKey(entry)) && !isZombie(entry));
  return sumOf(mine.map(({ memory }) => (memory ? of(memory) : undefined)));
}
