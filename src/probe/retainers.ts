import type { HeapEdge, HeapIterator, HeapNode, HeapSnapshot } from "heap-snapshot-toolkit";

/** Where a function begins, as the runtime knows it; lines and columns from 1. */
export interface FunctionPlace {
  readonly name: string;
  readonly script: string;
  readonly line: number;
  readonly column: number;
}

/** How something on the heap is reached. */
export interface Retained {
  /** The variable or property at which the program holds it, e.g. `histories`; undefined = held by the runtime. */
  readonly holder: string | undefined;
  /** A function that has the variable in its scope. */
  readonly of: FunctionPlace | undefined;
  /** Constructors from the holder down to the thing, e.g. `Array`, `Buffer`. */
  readonly path: readonly string[];
}

const mostSteps = 30;
const mostRetainers = 500;
const mostName = 80;

/** The way to the thing on which each step is as near to the roots as can be, up to the first variable. */
export function retainedBy(snapshot: HeapSnapshot, nodeIndex: number): Retained {
  const path: string[] = [];
  const seen = new Set<number>();
  let node = snapshot.createNode(nodeIndex);
  for (let step = 0; step < mostSteps; step++) {
    seen.add(node.nodeIndex);
    addTo(path, node);
    const edge = nearest(node, seen);
    if (!edge) break;
    const owner = snapshot.createNode(edge.owner);
    const held = holderOf(snapshot, owner, edge);
    if (held) return { ...held, path: path.toReversed() };
    node = owner;
  }
  return { holder: undefined, of: undefined, path: path.toReversed() };
}

/** Constructors down to the first of the nodes, which begin with the thing itself. */
export function pathTo(snapshot: HeapSnapshot, nodes: readonly number[]): string[] {
  const path: string[] = [];
  for (const index of nodes) addTo(path, snapshot.createNode(index));
  return path.toReversed();
}

export interface Step {
  readonly owner: number;
  readonly type: string;
  readonly name: string;
}

function nearest(node: HeapNode, seen: ReadonlySet<number>): Step | undefined {
  let best: (Step & { readonly distance: number }) | undefined;
  for (const edge of items(node.retainers())) {
    const owner = edge.node();
    const distance = owner.distance();
    if (edge.type() === "weak" || seen.has(owner.nodeIndex) || distance >= (best?.distance ?? Infinity))
      continue;
    best = { owner: owner.nodeIndex, type: edge.type(), name: String(edge.name()), distance };
  }
  return best;
}

/** A variable of a scope, a property of a function or of the global object: where the program's own words begin. */
export function holderOf(
  snapshot: HeapSnapshot,
  owner: HeapNode,
  { type, name }: Step,
): Omit<Retained, "path"> | undefined {
  if (type === "context") return { holder: name, of: functionOver(owner, snapshot) };
  if (type !== "property") return undefined;
  if (owner.type() === "closure") return { holder: name, of: placeOf(snapshot, owner) };
  return owner.rawName().startsWith("global") ? { holder: name, of: undefined } : undefined;
}

/** The first, as the file has them, of the functions that were made in a scope, those with a name before the others. */
function functionOver(context: HeapNode, snapshot: HeapSnapshot): FunctionPlace | undefined {
  let first: FunctionPlace | undefined;
  for (const edge of items(context.retainers())) {
    const owner = edge.node();
    if (owner.type() !== "closure" || edge.name() !== "context") continue;
    const place = placeOf(snapshot, snapshot.createNode(owner.nodeIndex));
    if (place && (!first || isBefore(place, first))) first = place;
  }
  return first;
}

function isBefore(a: FunctionPlace, b: FunctionPlace): boolean {
  if ((a.name === "") !== (b.name === "")) return b.name === "";
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

function placeOf(snapshot: HeapSnapshot, closure: HeapNode): FunctionPlace | undefined {
  const location = snapshot.getLocation(closure.nodeIndex);
  const script = followed(closure, ["shared", "script"])?.rawName();
  if (!location || script === undefined) return undefined;
  const { lineNumber, columnNumber } = location;
  return { name: shortName(closure), script, line: lineNumber + 1, column: columnNumber + 1 };
}

/** Names of internal edges differ a little from one version of V8 to the next: `script`, `script_or_debug_info`. */
function followed(node: HeapNode, starts: readonly string[]): HeapNode | undefined {
  let found: HeapNode | undefined = node;
  for (const start of starts) found = found && child(found, start);
  return found;
}

function child(node: HeapNode, start: string): HeapNode | undefined {
  for (const edge of items(node.edges())) {
    if (edge.type() === "internal" && String(edge.name()).startsWith(start)) return edge.node();
  }
  return undefined;
}

/** Memory behind a buffer is told as the buffer, tables inside of a Map as the Map, and a chain of equals once. */
function addTo(path: string[], node: HeapNode): void {
  const name = shortName(node);
  if (name === "" || name.startsWith("system /") || path.at(-1) === name) return;
  if (path.at(-1) === "ArrayBuffer") path.pop();
  path.push(name);
}

function shortName(node: HeapNode): string {
  if (node.type().includes("string")) return "(string)";
  const name = node.type() === "object" || node.type() === "closure" ? node.rawName() : "";
  return name.replaceAll(/\s+/g, " ").slice(0, mostName);
}

export function* items(iterator: HeapIterator<HeapEdge>): Generator<HeapEdge> {
  for (let count = 0; iterator.hasNext() && count < mostRetainers; count++) {
    yield iterator.item();
    iterator.next();
  }
}
