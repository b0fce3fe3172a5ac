import { quoted } from "../wrapped.js";
import { html, type Markup } from "./markup.js";

/** A text of the target's making: harmless, cut, and with a direction of its own (HTML standard, 4.5.24 "bdi"). */
export function theirs(text: string): Markup {
  return html`<bdi>${quoted(text)}</bdi>`;
}
