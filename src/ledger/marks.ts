import type { Census, Known } from "./census.js";

/** A chain of unmarked processes longer than this is not followed. */
const mostSteps = 64;

/** For each process the operations whose marks its descendants bear, up to the nearest that bears one itself. */
export function marksBelow(census: Census, marked: readonly Known[]): Map<string, Set<number>> {
  const below = new Map<string, Set<number>>();
  for (const { mark, elders } of marked) {
    if (!mark) continue;
    for (const key of above(census, elders)) {
      const marks = below.get(key) ?? new Set();
      below.set(key, marks.add(mark.operation));
    }
  }
  return below;
}

function above(census: Census, elders: readonly string[]): ReadonlySet<string> {
  const met = new Set<string>();
  let row = elders;
  for (let step = 0; row.length > 0 && step < mostSteps; step++) {
    for (const key of row) met.add(key);
    const unmarked = row.flatMap((key) => census.get(key) ?? []).filter(({ mark }) => !mark);
    row = unmarked.flatMap(({ elders }) => elders).filter((key) => !met.has(key));
  }
  return met;
}

/** The operations whose marks are borne in each group whose leader has gone. */
export function marksInGroups(marked: readonly Known[]): Map<number, Set<number>> {
  const inGroup = new Map<number, Set<number>>();
  for (const { mark, groups } of marked) {
    for (const group of groups) {
      const marks = inGroup.get(group) ?? new Set();
      if (mark) inGroup.set(group, marks.add(mark.operation));
    }
  }
  return inGroup;
}
