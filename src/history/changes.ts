import type { Change, NightResult } from "../model/history.js";
import type { CriterionId } from "../model/verdict.js";
import type { Move } from "./move.js";
import type { Course } from "./moves.js";
import type { Place } from "./place.js";

/** What changed on one night, of one criterion or of several. */
export interface PlacedChange extends Place {
  readonly kind: Change["kind"];
  readonly criteria: readonly CriterionId[];
  /** Of these it only moved the rate. */
  readonly inRate: readonly CriterionId[];
}

/** Changes of the same kind that may be of the same night are taken for one: a leak of fds often is one of memory. */
export function changesOf(courses: readonly Course[]): PlacedChange[] {
  const moves = courses.flatMap(({ moves }) => moves).sort((a, b) => a.first - b.first);
  const changes: PlacedChange[] = [];
  for (const move of moves) {
    const at = changes.findIndex((change) => isSame(change, move));
    const before = changes[at];
    if (before) changes.splice(at, 1, joined(before, move));
    else changes.push(joined(undefined, move));
  }
  return changes.sort((a, b) => a.first - b.first);
}

function isSame(change: PlacedChange, move: Move): boolean {
  return (
    change.kind === move.kind &&
    move.earliest <= change.latest &&
    change.earliest <= move.latest &&
    !change.criteria.includes(move.criterion)
  );
}

function joined(change: PlacedChange | undefined, { criterion, kind, inRate, ...place }: Move): PlacedChange {
  const rated = inRate ? [criterion] : [];
  if (!change) return { ...placeIn(place), kind, criteria: [criterion], inRate: rated };
  const earliest = Math.max(change.earliest, place.earliest);
  const latest = Math.min(change.latest, place.latest);
  const sharper = place.latest - place.earliest < change.latest - change.earliest ? place : change;
  return {
    kind,
    first: Math.min(Math.max(sharper.first, earliest), latest),
    earliest,
    latest,
    criteria: [...change.criteria, criterion],
    inRate: [...change.inRate, ...rated],
  };
}

function placeIn({ first, earliest, latest }: Place): Place {
  return { first, earliest, latest };
}

/** The change with the days and commits of its nights. */
export function told(change: PlacedChange, nights: readonly NightResult[]): Change {
  const { first, earliest, latest, kind, criteria } = change;
  return {
    night: nights[first]?.night ?? "",
    // An older commit, or a newer one, makes the range wider; it stays true.
    afterCommit: nights.slice(0, earliest).findLast(({ commit }) => commit !== undefined)?.commit,
    upToCommit: nights.slice(latest).find(({ commit }) => commit !== undefined)?.commit,
    kind,
    criteria,
  };
}
