import type { CriteriaOptions } from "./criteria.js";
import { inert } from "./inert.js";
import { cut } from "./text-width.js";
import { wrap } from "./wrap.js";

/** A command line can be megabytes long; the JSON report has it whole. */
const longestLine = 400;
/** More characters than a line of that many columns has, but for marks that take no column. */
const mostCharacters = 4 * longestLine;

/** A text of the target's under a label: made harmless, broken at the width, what follows indented by two more. */
export function wrapped(text: string, first: string, { width }: Pick<CriteriaOptions, "width">): string[] {
  const indent = " ".repeat(first.length - first.trimStart().length + 2);
  return wrap(inert(text), { width, first, rest: indent });
}

/** A text of the target's, made harmless and cut. */
export function quoted(line: string): string {
  return cut(inert(line.slice(0, mostCharacters)), longestLine);
}

/** `a, b and 3 more` */
export function someOf(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most).join(", ");
  const more = texts.length - most;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
