import { escapeHtml } from "../page/escape.js";

/** A target may put megabytes into a name. */
const longest = 300;

/** HTML of a text of the target's making, of a length that one can read. */
export function clipped(text: string, most: number = longest): string {
  return escapeHtml(text.length <= most ? text : `${text.slice(0, most)}…`);
}
