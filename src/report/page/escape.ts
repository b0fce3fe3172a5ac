import { inert } from "../inert.js";

const meant: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/**
 * Text as HTML shows it, in an element or in a quoted attribute. Controls and marks that reorder become visible, as at a
 * terminal. Line feeds too: use `escapeLines` for text of several.
 */
export function escapeHtml(text: string): string {
  return inert(text).replace(/[&<>"'`]/g, (character) => meant[character] ?? character);
}

/** The same for the inside of a `pre`: lines stay lines. */
export function escapeLines(text: string): string {
  return text.split("\n").map(escapeHtml).join("\n");
}

/**
 * A path as the address of a link that leads to no other host and runs nothing, whatever the path says:
 * `javascript:x` → `./javascript%3Ax`, `//host/x` → `./host/x`.
 */
export function relativeHref(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return ["./", parts.map(encoded).join("/")].join("");
}

/** Half of a surrogate pair has no encoding. */
function encoded(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll("'", "%27");
}
