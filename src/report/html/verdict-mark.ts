import type { CriterionVerdict, ScenarioVerdict } from "../../model/verdict.js";
import { html, type Markup } from "./markup.js";

const signs: Readonly<Record<CriterionVerdict | ScenarioVerdict, string>> = {
  fail: "✕",
  broke: "✕",
  inconclusive: "?",
  unchecked: "–",
  pass: "✓",
  dropped: "–",
};

/** A verdict as a word with a sign: colour alone tells nobody anything. */
export function verdictMark(verdict: CriterionVerdict | ScenarioVerdict): Markup {
  return html`<span class="mark of-${verdict}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;
}
