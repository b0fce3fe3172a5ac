import type { Page } from "../model/manual.js";
import { pages } from "./pages.js";

/** Longer than any title of a finding that a reader would copy. */
const longestQuery = 400;

/**
 * The page for a word as it stands in a report: a page's own word, another name of it, or a text that holds names
 * and numbers (`file descriptor /srv/app.log`).
 */
export function findPage(query: string): Page | undefined {
  const title = query
    .slice(0, longestQuery)
    .trim()
    .replace(/^leak, [^:]*: /i, "");
  const asked = plain(title);
  if (asked === "") return undefined;
  return (
    pages.find(({ word }) => plain(word) === asked) ??
    pages.find(({ also = [] }) => also.some((other) => plain(other) === asked)) ??
    pages.find(({ pattern }) => pattern?.test(title))
  );
}

/** Every word that leads to a page. */
export function knownWords(): readonly string[] {
  return pages.flatMap(({ word, also = [] }) => [word, ...also]);
}

/** `Warm-Up`, `warm_up` and `warm  up` are one word. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, " ");
}
