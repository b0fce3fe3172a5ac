import type { ClassDiff, HeapSnapshot } from "heap-snapshot-toolkit";
import { type Retained, retainedBy } from "./retainers.js";
import { sharedHolder } from "./shared-holder.js";

/** What came to the heap between two snapshots and is reached in one way. */
export interface HeapGrowth extends Retained {
  readonly count: number;
  /** Without what it leads to in turn. */
  readonly bytes: number;
}

const mostClasses = 50;
const mostOfClass = 2000;
const mostGroups = 100;
const leastBytes = 1024;
/** Code and the shapes of objects grow with what a program has done, not with what it holds. */
const machinery = /^\((compiled code|object shape|system|hidden)\)$/;

/** The classes that have grown, each of whose new things is asked for the way to it; the largest groups first. */
export function growthOf(
  snapshot: HeapSnapshot,
  diff: Readonly<Record<string, ClassDiff>>,
): readonly HeapGrowth[] {
  const grown = Object.entries(diff)
    .filter(([key, { sizeDelta }]) => sizeDelta > 0 && !machinery.test(key.slice(key.lastIndexOf(",") + 1)))
    .sort(([, a], [, b]) => b.sizeDelta - a.sizeDelta)
    .slice(0, mostClasses);
  const groups = new Map<string, { -readonly [K in keyof HeapGrowth]: HeapGrowth[K] }>();
  for (const [, { addedIndexes }] of grown) {
    const ofClass = new Map<string, number>();
    // Of a large class every n-th is asked, and stands for n.
    const every = Math.ceil(addedIndexes.length / mostOfClass);
    const asked = Array.from(addedIndexes).filter((_, at) => at % every === 0);
    const shared = sharedHolder(snapshot, asked);
    for (const index of asked) {
      const retained = shared?.things.has(index) ? shared.retained : retainedBy(snapshot, index);
      const key = JSON.stringify(retained);
      const group = groups.get(key) ?? { ...retained, count: 0, bytes: 0 };
      groups.set(key, group);
      ofClass.set(key, (ofClass.get(key) ?? 0) + every);
      // A buffer is three things on the heap: told as one.
      group.count = Math.max(group.count, ofClass.get(key) ?? 0);
      group.bytes += every * snapshot.createNode(index).selfSize();
    }
  }
  return [...groups.values()]
    .filter(({ bytes }) => bytes >= leastBytes)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, mostGroups);
}
