import { html, type Markup } from "./markup.js";
import { inert } from "../inert.js";

/** Nobody pastes more than this, and it is in report.json. */
const longest = 4000;

/** A command to be copied; the button comes with the script. */
export function command(label: string, text: string): Markup {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return html`<div class="command"><span class="quiet">${label}</span><pre tabindex="0"><code><bdi>${inert(shown)}</bdi></code></pre><button type="button" class="copy" hidden>Copy</button></div>`;
}
