import { escapeHtml } from "../page/escape.js";

/** A piece of a page that is safe to put into it: only `html` and `trusted` make one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template. Strings are text, never markup; undefined is nothing. */
export type Part = Markup | string | number | undefined | readonly Part[];

/**
 * A template of HTML. Whatever is put into it is text: controls and marks that reorder are shown as `\x1b`, and what HTML
 * acts on is escaped, in elements as in quoted attributes (HTML standard, 13.3 "Serializing HTML fragments").
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...parts.map(textOf)));
}

/** Markup of the product's own making, as it is. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return part.map(textOf).join("");
}
