import type { HeapSnapshot } from "heap-snapshot-toolkit";
import { holderOf, items, pathTo, type Retained, type Step } from "./retainers.js";

/** From the thing up: a list in a variable is two steps away, a list in a field of an object there three. */
const mostSteps = 5;
const mostNodes = 100;
/** Of a class that is held all over the place, no more are looked at. */
const sampled = 100;
/** Of those, for the variable to be what holds the class. */
const leastShare = 0.5;

/** A variable of the program that holds several things of a class at once. */
export interface SharedHolder {
  readonly retained: Retained;
  /** Those of the things that are in it. */
  readonly things: ReadonlySet<number>;
}

interface Way {
  readonly nodes: readonly number[];
  readonly retained: Omit<Retained, "path">;
}

/**
 * What leaks is most often in one collection that nobody takes it out of, though the runtime may have a nearer way to
 * it: a list of timers, a set of connections. So this looks for the variable of the program's own code that leads to
 * most of the things.
 */
export function sharedHolder(snapshot: HeapSnapshot, indexes: readonly number[]): SharedHolder | undefined {
  const most = together(snapshot, indexes.slice(0, sampled)) && together(snapshot, indexes);
  const [way] = most?.values() ?? [];
  if (!most || !way) return undefined;
  return { retained: { ...way.retained, path: pathTo(snapshot, way.nodes) }, things: new Set(most.keys()) };
}

/** The ways from the one variable that most have in common. */
function together(snapshot: HeapSnapshot, indexes: readonly number[]): ReadonlyMap<number, Way> | undefined {
  const holders = new Map<string, Map<number, Way>>();
  for (const index of indexes)
    for (const [key, way] of waysUp(snapshot, index)) {
      const ways = holders.get(key) ?? new Map<number, Way>();
      holders.set(key, ways.set(index, way));
    }
  const [most] = [...holders.values()].toSorted((a, b) => b.size - a.size || stepsOf(a) - stepsOf(b));
  return most && most.size >= Math.max(2, leastShare * indexes.length) ? most : undefined;
}

function stepsOf(ways: ReadonlyMap<number, Way>): number {
  return Math.min(...[...ways.values()].map(({ nodes }) => nodes.length));
}

/** The nearest first; each variable by the scope that it is in. */
function waysUp(snapshot: HeapSnapshot, index: number): Map<string, Way> {
  const found = new Map<string, Way>();
  const seen = new Set([index]);
  const queue: (readonly number[])[] = [[index]];
  for (let nodes = queue.shift(); nodes && seen.size < mostNodes; nodes = queue.shift()) {
    for (const step of stepsFrom(snapshot, nodes.at(-1) ?? index, seen)) {
      const retained = holderOf(snapshot, snapshot.createNode(step.owner), step);
      if (retained && isOwn(retained)) found.set(`${step.owner} ${step.name}`, { nodes, retained });
      if (!retained && nodes.length < mostSteps) queue.push([...nodes, step.owner]);
    }
  }
  return found;
}

/** To whoever holds the node and was not seen yet. */
function* stepsFrom(snapshot: HeapSnapshot, index: number, seen: Set<number>): Generator<Step> {
  for (const edge of items(snapshot.createNode(index).retainers())) {
    const { nodeIndex: owner } = edge.node();
    if (edge.type() === "weak" || seen.has(owner) || seen.size >= mostNodes) continue;
    seen.add(owner);
    yield { owner, type: edge.type(), name: String(edge.name()) };
  }
}

function isOwn({ of }: Pick<Retained, "of">): boolean {
  return of !== undefined && !of.script.startsWith("node:") && !of.script.includes("/node_modules/");
}
