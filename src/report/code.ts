import { tame, wellFormed } from "./tame.js";
import { escapeXml } from "./xml.js";

/** A text of the target's in a line of Markdown: as code, where nothing is a link, a mention, a table or a tag. */
export function codeSpan(text: string): string {
  const told = tame(text);
  if (told.trim() === "") return "(nothing)";
  const fence = "`".repeat(longestRun(told) + 1);
  // CommonMark 0.31, 6.1: one space is taken off at both ends.
  const gap = /^[` ]|[` ]$/.test(told) ? " " : "";
  return `${fence}${gap}${told}${gap}${fence}`;
}

/** In a line of HTML in Markdown, e.g. a summary. */
export function codeTag(text: string): string {
  return `<code>${escapeXml(tame(text))}</code>`;
}

/** Lines as they are, in a block that none of them can end. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.map(wellFormed).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
