import type { ComparedBuild, ComparedResource, ComparedScenario, Comparison } from "../model/comparison.js";
import {
  chanceCell,
  compareHead,
  differenceCell,
  outcomeLike,
  sideCell,
  sizeText,
  seenCell,
  verdictLike,
} from "./compare-cells.js";
import { scenarioNotes, verdictText } from "./compare-notes.js";
import type { CriteriaOptions } from "./criteria.js";
import { inert } from "./inert.js";
import { paintOf } from "./paint.js";
import { narrowestTable, tableLines } from "./table.js";
import { textWidth } from "./text-width.js";
import { wrap } from "./wrap.js";

export interface CompareTextOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** What two builds leave behind, and what differs. Its last line is the verdict. */
export function renderCompare(comparison: Comparison, { colour, width }: CompareTextOptions): string {
  const options = { paint: paintOf(colour), width };
  const { before, after, scenarios, verdict } = comparison;
  const word = options.paint.like(verdictLike[verdict], verdict);
  const parts = [
    [...buildLines("before", before, width), ...buildLines("after ", after, width)],
    ...scenarios.map((scenario) => scenarioLines(scenario, options)),
    wrap(inert(verdictText(comparison)), { width, first: `${word}: `, rest: "  " }),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function buildLines(side: string, { where, runs, commands }: ComparedBuild, width: number): string[] {
  const count = `${runs} ${runs === 1 ? "run" : "runs"}`;
  const what = commands.length > 0 ? ` of ${commands.join(", and of ")}` : "";
  return wrap(inert(`${where}: ${count}${what}`), { width, first: `${side}  `, rest: "        " });
}

function scenarioLines(scenario: ComparedScenario, options: CriteriaOptions): string[] {
  const { name, resources } = scenario;
  const { width, paint } = options;
  const title = paint.strong(inert(name));
  const notes = scenarioNotes(scenario).flatMap((note) =>
    wrap(inert(note), { width, first: "  ", rest: "    " }),
  );
  return [
    ...wrap(sizeText(scenario), { width, first: `${title} `, rest: "  " }),
    ...(resources.length > 0 ? resourceLines(resources, options) : []),
    ...notes,
  ];
}

/** A table where it fits, else a list. */
function resourceLines(resources: readonly ComparedResource[], options: CriteriaOptions): string[] {
  const table = tableLines(
    compareHead,
    resources.map((one) => rowOf(one, options)),
  );
  const fits = options.width >= narrowestTable && table.every((line) => textWidth(line) <= options.width);
  return fits ? table : resources.flatMap((one) => listLines(one, options));
}

function rowOf(one: ComparedResource, options: CriteriaOptions): string[] {
  const { id, before, after, unit } = one;
  return [
    id,
    sideCell(before, unit),
    sideCell(after, unit),
    painted(one, options),
    chanceCell(one),
    seenCell(one),
  ];
}

function listLines(one: ComparedResource, options: CriteriaOptions): string[] {
  const { id, before, after, unit, outcome } = one;
  if (outcome === "not compared") return [`  ${id} ${options.paint.like("unchecked", outcome)}`];
  return [
    `  ${id} ${sideCell(before, unit)} → ${sideCell(after, unit)}`,
    `    ${painted(one, options)}`,
    `    p=${chanceCell(one)}, sees ${seenCell(one)}`,
  ];
}

function painted(one: ComparedResource, { paint }: CriteriaOptions): string {
  const like = outcomeLike[one.outcome];
  const cell = differenceCell(one);
  return like === undefined ? cell : paint.like(like, cell);
}
