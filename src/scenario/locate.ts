import { type Document, type LineCounter, type Node, isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Mistake, Path, PlacedMistake } from "./mistake.js";

/** Finds the node that a mistake is about; where there is none (a missing key), its nearest parent. */
export function place(mistake: Mistake, document: Document, lines: LineCounter): PlacedMistake {
  const offset = offsetOf(mistake, document) ?? 0;
  const { line, col } = lines.linePos(offset);
  return { line, col, text: mistake.text, fix: mistake.fix };
}

function offsetOf({ path, atKey }: Mistake, document: Document): number | undefined {
  const parents = path.slice(0, -1);
  const key = path.at(-1);
  if (atKey === true && key !== undefined) {
    const node = deepest(document, parents, (parent) => keyNode(parent, key));
    return node?.range?.[0];
  }
  return deepest(document, path)?.range?.[0];
}

/** The node at the path, or the last one on the way to it. */
function deepest(
  document: Document,
  path: Path,
  last: (node: Node) => Node | undefined = () => undefined,
): Node | undefined {
  let node = resolve(document.contents, document);
  for (const segment of path) {
    const child = node && resolve(childOf(node, segment), document);
    if (!child) return (node && keyNode(node, segment)) ?? node;
    node = child;
  }
  return (node && last(node)) ?? node;
}

function childOf(node: Node, segment: string | number): unknown {
  if (isSeq(node)) return node.items[Number(segment)];
  return isMap(node) ? node.items.find((pair) => keyText(pair.key) === String(segment))?.value : undefined;
}

function keyNode(node: Node, segment: string | number): Node | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => keyText(key) === String(segment));
  return isNode(pair?.key) ? pair.key : undefined;
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function resolve(node: unknown, document: Document): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}
