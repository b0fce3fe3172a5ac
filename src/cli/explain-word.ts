import { findPage, knownWords } from "../manual/find.js";
import { pages } from "../manual/pages.js";
import type { Page } from "../model/manual.js";
import { type Problem, usageProblem } from "../model/problem.js";
import { type PageOptions, renderContents, renderPage } from "../report/manual-page.js";
import { inertJson } from "../report/inert.js";
import { paintOf } from "../report/paint.js";
import { nearest } from "../scenario/found.js";
import { type Host, wantsColour } from "./host.js";

/** Longer lines are hard to read. */
const widest = 80;

/** `watertight explain`: a page of the manual; without a word, what there is. @throws Problem (exit 2): no such word. */
export function explainCommand(word: string, { reporter }: { readonly reporter: string }, host: Host): void {
  const page = word.trim() === "" ? undefined : requirePage(word);
  const width = Math.min(host.stdout.columns ?? widest, widest);
  const options: PageOptions = { width, paint: paintOf(wantsColour(host, host.stdout)) };
  if (reporter === "json") host.stdout.write(jsonOf(page === undefined ? pages : [page]));
  else host.stdout.write(page ? renderPage(page, options) : contents(options));
}

function contents(options: PageOptions): string {
  return `${renderContents(pages, options)}\nwatertight explain WORD prints the page of one.\n`;
}

function jsonOf(told: readonly Page[]): string {
  // A pattern is how a page is found, and no part of it.
  const document = { format: 1, pages: told.map((page) => ({ ...page, pattern: undefined })) };
  return inertJson(`${JSON.stringify(document, undefined, 2)}\n`);
}

function requirePage(word: string): Page {
  const page = findPage(word);
  if (page) return page;
  throw noSuchWord(word);
}

function noSuchWord(word: string): Problem {
  const meant = nearest(word, knownWords());
  const all = "all words: watertight explain";
  return usageProblem({
    what: `there is no page on ${word.length > 60 ? `${word.slice(0, 59)}…` : word}`,
    fix: meant === undefined ? all : `did you mean ${meant}? ${all}`,
  });
}
