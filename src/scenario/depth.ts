import { CST, Parser } from "yaml";

/** A scenario needs fewer than ten levels. */
export const deepest = 32;

/**
 * True when collections stand within each other further than any scenario needs. Asked before
 * the text is composed, which recurses: Node 20 can abort, beyond any catch, when a regular
 * expression is compiled near the end of the stack.
 */
export function isTooDeep(text: string): boolean {
  const todo = [...new Parser().parse(text)].map((token) => ({ token, depth: 0 }));
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return true;
    for (const child of childrenOf(token)) todo.push({ token: child, depth: depth + 1 });
  }
  return false;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!CST.isCollection(token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((each) => each !== undefined && each !== null),
  );
}
