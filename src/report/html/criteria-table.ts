import type { CriterionResult, ScenarioResult } from "../../model/verdict.js";
import {
  ceilingCell,
  exhaustionWithInterval,
  heldCell,
  perWords,
  rateWithInterval,
  seesCell,
} from "../cells.js";
import { longNames } from "./long-names.js";
import { html, type Markup } from "./markup.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

/** The criteria with their numbers, and under each why it came to its verdict. */
export function criteriaTable({ criteria }: ScenarioResult): Markup {
  const titles = [
    "baseline → peak → end",
    perWords(criteria[0]?.per),
    "limit",
    "exhausted in",
    "would have seen",
  ];
  const heads = titles.map((title) => html`<th scope="col" class="number">${title}</th>`);
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Criteria, scrolls sideways"><table class="criteria">
<caption>What was held, how fast it grows with its 95% interval, and until when</caption>
<thead><tr><th scope="col">criterion</th><th scope="col">verdict</th>${heads}</tr></thead>
${criteria.map(groupOf)}</table></div>`;
}

function groupOf(result: CriterionResult): Markup {
  const { id, verdict, reason, shape } = result;
  const cells = [
    heldCell(result),
    rateWithInterval(result),
    theirs(ceilingCell(result)),
    exhaustionWithInterval(result),
    seesCell(result),
  ];
  const numbers = cells.map((cell) => html`<td class="number">${cell}</td>`);
  const curve = shape === undefined ? undefined : html`; shape: ${shape}`;
  return html`<tbody><tr><th scope="rowgroup" rowspan="2">${longNames[id]}</th><td>${verdictMark(verdict)}</td>${numbers}</tr>
<tr class="why"><td colspan="6"><span>${theirs(reason)}${curve}</span></td></tr></tbody>
`;
}
