import { basename } from "node:path";
import { type Problem, usageProblem } from "../model/problem.js";
import { examine, type FileFormat } from "./examine.js";
import type { PlacedMistake } from "./mistake.js";

/** Mistakes named in one message; more would scroll away. */
const shown = 10;

/**
 * The text of a file → its content, checked.
 * @param path Where the text comes from, for messages.
 * @throws Problem exit 2, its `what` begins with `path:line:column`, its `why` lists further mistakes.
 */
export function parseFile<Content>(text: string, path: string, format: FileFormat<Content>): Content {
  const { file, mistakes } = examine(text, format);
  if (file === undefined) throw problemOf(mistakes, path, format);
  return file;
}

/** In the order of the text. */
export function inTextOrder<Placed extends PlacedMistake>(mistakes: readonly Placed[]): Placed[] {
  return [...mistakes].sort((a, b) => a.line - b.line || a.col - b.col);
}

/** All mistakes as one problem. */
function problemOf(
  mistakes: readonly PlacedMistake[],
  path: string,
  { compare }: Pick<FileFormat<unknown>, "compare">,
): Problem {
  const sorted = inTextOrder(mistakes);
  const [first, ...others] = sorted.map(({ line, col, text }) => `${path}:${line}:${col}: ${text}`);
  const fix = sorted[0]?.fix ?? compare(basename(path));
  return usageProblem({ what: first ?? path, why: whyOf(others), fix });
}

function whyOf(others: readonly string[]): string | undefined {
  if (others.length === 0) return undefined;
  const listed = others.slice(0, shown - 1);
  const rest = others.length - listed.length;
  return ["also wrong:", ...listed, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n  ");
}
