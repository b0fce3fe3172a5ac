import type { Page, PageKind } from "../model/manual.js";
import { pageKinds } from "../model/manual.js";
import type { Paint } from "./paint.js";
import { wrap } from "./wrap.js";

export interface PageOptions {
  readonly width: number;
  readonly paint: Paint;
}

/** A page of the manual, as a terminal shows it. */
export function renderPage(page: Page, { width, paint }: PageOptions): string {
  const put = (text: string, first = "", rest = first): string[] =>
    wrap(setOff(text, paint), { width, first, rest });
  const { kind, word, short, text, sketch, steps = [], see = [], also = [] } = page;
  const lines = [
    ...put(`${paint.strong(word)} (${kind})`),
    ...put(short, "  "),
    ...(sketch === undefined ? [] : ["", `    ${sketch}`]),
    ...text.flatMap((paragraph) => ["", ...put(paragraph, "  ")]),
    ...(steps.length === 0
      ? []
      : ["", "  What to do", ...steps.flatMap((step) => put(step, "  - ", "    "))]),
    "",
    ...(also.length === 0 ? [] : put(`also: ${also.join(", ")}`, "  ", "    ")),
    ...(see.length === 0 ? [] : put(`see:  ${see.join(", ")}`, "  ", "    ")),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** What is to be typed is set off by its weight where there is any, word by word: lines may break between them. */
function setOff(text: string, { strong }: Paint): string {
  if (strong("") === "") return text;
  return text.replace(/`([^`]*)`/g, (_, typed: string) => typed.split(" ").map(strong).join(" "));
}

const headings: Readonly<Record<PageKind, string>> = {
  criterion: "Criteria",
  verdict: "Verdicts",
  "exit code": "Exit codes",
  shape: "Shapes of a curve",
  finding: "Findings",
  note: "Notes and reasons",
  resource: "Limits and measures",
  word: "Words",
};

/** What there is to ask for. */
export function renderContents(pages: readonly Page[], { width, paint }: PageOptions): string {
  const parts = pageKinds.map((kind) => {
    const words = pages.filter((page) => page.kind === kind).map(({ word }) => word);
    const listed = wrap(words.map(unbroken).join(", "), { width, first: "  ", rest: "  " });
    return [paint.strong(headings[kind]), ...listed.map(broken)].join("\n");
  });
  return `${parts.join("\n\n")}\n`;
}

/** A word of several words stays in one line. */
function unbroken(word: string): string {
  return word.replaceAll(" ", "\u00a0");
}

function broken(line: string): string {
  return line.replaceAll("\u00a0", " ");
}
