/**
 * The part of `heap-snapshot-toolkit` that is used here. Its own types are those of a browser's developer tools: they
 * need the types of the DOM, which a program for Node does not have.
 */
export interface HeapIterator<Item> {
  hasNext(): boolean;
  item(): Item;
  next(): void;
}

export interface HeapEdge {
  /** `context`, `element`, `property`, `internal`, `hidden`, `shortcut` or `weak`. */
  type(): string;
  name(): string | number;
  /** Of a node's edges the node pointed to, of its retainers the one that points. */
  node(): HeapNode;
}

export interface HeapNode {
  readonly nodeIndex: number;
  rawName(): string;
  type(): string;
  /** Steps from the roots; a huge number where there is no strong way. */
  distance(): number;
  selfSize(): number;
  edges(): HeapIterator<HeapEdge>;
  retainers(): HeapIterator<HeapEdge>;
}

export interface HeapSnapshot {
  createNode(nodeIndex: number): HeapNode;
  /** Of a closure where it begins, of an object where its class begins; lines and columns from 0. */
  getLocation(nodeIndex: number): { readonly lineNumber: number; readonly columnNumber: number } | null;
}

export interface ClassDiff {
  /** In bytes. */
  readonly sizeDelta: number;
  readonly addedIndexes: ArrayLike<number>;
}

export type DiffStep =
  | { readonly type: "start"; readonly result: HeapSnapshot }
  | { readonly type: "end"; readonly result: HeapSnapshot }
  | { readonly type: "diff"; readonly result: Readonly<Record<string, ClassDiff>> };

export function diffFromStreams(
  start: ReadableStream<string>,
  end: ReadableStream<string>,
): AsyncGenerator<DiffStep>;
