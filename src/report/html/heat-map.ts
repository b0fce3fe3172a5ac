import type { FlowRate } from "../../model/finding.js";
import { type CriterionId, criterionIds, type ScenarioResult } from "../../model/verdict.js";
import { none } from "../cells.js";
import { flowRateText, unclearText } from "../flow-words.js";
import { longNames } from "./long-names.js";
import { html, type Markup } from "./markup.js";
import { theirs } from "./theirs.js";

/** From rare to each session: what a session leaves, by the decade. */
const heats = [0.001, 0.01, 0.1, 1] as const;
const memoryHeats = [1024, 16 * 1024, 256 * 1024, 4 * 1024 ** 2] as const;

/** What one session of each flow leaves of each resource: in words, with a colour to find the worst at once. */
export function heatMap({ flows }: ScenarioResult): Markup | undefined {
  const ids = criterionIds.filter((id) => flows.some(({ criterion }) => criterion === id));
  const names = [...new Set(flows.map(({ flow }) => flow))];
  if (ids.length === 0) return undefined;
  const heads = ids.map((id) => html`<th scope="col">${longNames[id]}</th>`);
  const rows = names.map((name) => rowOf(name, flows, ids));
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Flows by resource, scrolls sideways"><table class="heat">
<caption>What one session of each flow leaves behind, with the 95% interval. The darker, the more.</caption>
<thead><tr><th scope="col">flow</th><th scope="col">operations</th>${heads}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function rowOf(name: string, flows: readonly FlowRate[], ids: readonly CriterionId[]): Markup {
  const own = flows.filter(({ flow }) => flow === name);
  const cells = ids.map((id) => cellOf(own.find(({ criterion }) => criterion === id)));
  return html`<tr><th scope="row">${theirs(name)}</th><td class="number">${own[0]?.operations}</td>${cells}</tr>\n`;
}

function cellOf(flow: FlowRate | undefined): Markup {
  if (!flow) return html`<td>${none}</td>`;
  if (flow.verdict === "clean") return html`<td class="heat-none">none</td>`;
  if (flow.verdict === "unclear") return html`<td class="heat-unclear">${unclearText(flow)}</td>`;
  return html`<td class="heat-${heatOf(flow)}">${flowRateText(flow)}</td>`;
}

/** 1 to 4 */
function heatOf({ criterion, rate }: FlowRate): number {
  const steps = criterion === "memory" ? memoryHeats : heats;
  return Math.max(1, steps.filter((least) => rate >= 0.8 * least).length);
}
