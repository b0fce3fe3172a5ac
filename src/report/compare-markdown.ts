import type { ComparedResource, ComparedScenario, Comparison } from "../model/comparison.js";
import { chanceCell, compareHead, differenceCell, sideCell, sizeText, seenCell } from "./compare-cells.js";
import { scenarioNotes, verdictText } from "./compare-notes.js";
import { inert } from "./inert.js";

const signs: Readonly<Record<Comparison["verdict"], string>> = {
  regression: "❌",
  "no regression": "✅",
  undecided: "❔",
};

/** The comparison as a comment on a pull request: the verdict first. */
export function renderCompareMarkdown(comparison: Comparison): string {
  const { verdict, before, after, scenarios, tool } = comparison;
  const title = `### ${signs[verdict]} watertight: ${verdict}`;
  const sides = `${escaped(before.where)} → ${escaped(after.where)}, by ${escaped(tool)}`;
  const parts = [
    title,
    escaped(verdictText(comparison)),
    ...scenarios.map(scenarioText),
    `<sub>${sides}</sub>`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function scenarioText(scenario: ComparedScenario): string {
  const { name, resources } = scenario;
  const head = `**${escaped(name)}** (${sizeText(scenario)})`;
  const rows = [compareHead, compareHead.map(() => "---"), ...resources.map(cells)].map(
    (row) => `| ${row.join(" | ")} |`,
  );
  const notes = scenarioNotes(scenario).map((note) => `- ${escaped(note)}`);
  return [
    head,
    ...(resources.length > 0 ? [rows.join("\n")] : []),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
  ].join("\n\n");
}

function cells(one: ComparedResource): string[] {
  const { id, before, after, unit, outcome } = one;
  const difference = escaped(differenceCell(one));
  return [
    id,
    sideCell(before, unit),
    sideCell(after, unit),
    outcome === "worse" ? `**${difference}**` : difference,
    escaped(chanceCell(one)),
    seenCell(one),
  ];
}

/** Text of others must not become markup. */
function escaped(text: string): string {
  return inert(text).replace(/[\\`*_{}[\]<>#|~@!]/g, (character) => `\\${character}`);
}
