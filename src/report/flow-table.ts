import type { FlowRate } from "../model/finding.js";
import { type CriterionId, criterionIds, type ScenarioResult } from "../model/verdict.js";
import { none } from "./cells.js";
import type { CriteriaOptions } from "./criteria.js";
import { flowRateText, unclearText } from "./flow-words.js";
import { narrowestTable, tableLines } from "./table.js";
import { cut, textWidth } from "./text-width.js";
import { quoted, wrapped } from "./wrapped.js";

const longestName = 40;

/** What each flow leaves of each resource: shown when there is more than one flow to look at. */
export function flowLines({ flows }: ScenarioResult, options: CriteriaOptions): string[] {
  const suspects = new Set(flows.filter(({ verdict }) => verdict !== "clean").map(({ flow }) => flow));
  if (suspects.size < 2) return [];
  return [`  ${options.paint.strong("Left by one session of each flow")}`, ...rows(flows, options)];
}

function rows(flows: readonly FlowRate[], options: CriteriaOptions): string[] {
  const names = [...new Set(flows.map(({ flow }) => flow))];
  const ids = criterionIds.filter((id) => flows.some(({ criterion }) => criterion === id));
  const cells = names.map((name) => [
    cut(quoted(name), longestName),
    ...ids.map((id) => cellOf(flows, name, id)),
  ]);
  const table = tableLines(["flow", ...ids], cells);
  const isFitting = table.every((line) => textWidth(line) <= options.width);
  if (options.width >= narrowestTable && isFitting) return table;
  return names.flatMap((name) => listLines(flows, { name, ids }, options));
}

function cellOf(flows: readonly FlowRate[], name: string, id: CriterionId): string {
  const found = flows.find(({ flow, criterion }) => flow === name && criterion === id);
  return found === undefined ? none : wordsOf[found.verdict](found);
}

const wordsOf: Readonly<Record<FlowRate["verdict"], (flow: FlowRate) => string>> = {
  leaks: flowRateText,
  clean: () => "none",
  unclear: unclearText,
};

interface Row {
  readonly name: string;
  readonly ids: readonly CriterionId[];
}

function listLines(flows: readonly FlowRate[], { name, ids }: Row, options: CriteriaOptions): string[] {
  const shown = cut(quoted(name), longestName);
  const leaky = ids.filter((id) => !["none", none].includes(cellOf(flows, name, id)));
  if (leaky.length === 0) return wrapped(`${shown}: none`, "  ", options);
  const facts = leaky.map((id) => `${id} ${cellOf(flows, name, id)}`);
  return [...wrapped(`${shown}:`, "  ", options), ...facts.flatMap((fact) => wrapped(fact, "    ", options))];
}
