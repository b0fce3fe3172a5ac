import Table from "cli-table3";
import type { CriterionResult } from "../model/verdict.js";
import { exhaustionCell, heldCell, limitCell, none, rateCell, rateWithInterval } from "./cells.js";
import type { Paint } from "./paint.js";
import { textWidth } from "./text-width.js";

/** Below this a table is harder to read than a list. */
const narrowestTable = 80;
const head = ["criterion", "verdict", "baseline → peak → end", "per operation", "limit", "exhausted in"];
const stackedHead = head.map((title) => (title.includes("→") ? title : title.replace(" ", "\n")));

interface Layout {
  readonly head: string[];
  readonly rate: (result: CriterionResult) => string;
}

/** The fullest first. */
const layouts: readonly Layout[] = [
  { head, rate: rateWithInterval },
  { head, rate: rateCell },
  { head: stackedHead, rate: rateCell },
];

export interface CriteriaOptions {
  readonly paint: Paint;
  readonly width: number;
}

/** The numbers of the criteria: the fullest table that fits, else a list. */
export function criteriaLines(criteria: readonly CriterionResult[], options: CriteriaOptions): string[] {
  const table =
    options.width < narrowestTable
      ? undefined
      : layouts
          .map((layout) => tableLines(criteria, layout, options.paint))
          .find((lines) => lines.every((line) => textWidth(line) <= options.width));
  return table ?? criteria.flatMap((result) => listLines(result, options.paint));
}

function tableLines(criteria: readonly CriterionResult[], { head, rate }: Layout, paint: Paint): string[] {
  const table = new Table({ head, chars: frame, style: { head: [], border: [], "padding-left": 0 } });
  for (const result of criteria) {
    const numbers = [heldCell(result), rate(result), limitCell(result), exhaustionCell(result)];
    table.push([result.id, paint.verdict(result.verdict), ...numbers]);
  }
  return table
    .toString()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd());
}

/** No borders: they would take the columns that the numbers need. */
const frame = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ",
};

function listLines(result: CriterionResult, paint: Paint): string[] {
  const facts: readonly (readonly [string, string])[] = [
    ["held", heldCell(result)],
    ["per operation", rateWithInterval(result)],
    ["limit", limitCell(result)],
    ["exhausted in", exhaustionCell(result)],
  ];
  const known = facts.filter(([, value]) => value !== none);
  return [
    `  ${result.id}: ${paint.verdict(result.verdict)}`,
    ...known.map(([name, value]) => `    ${name} ${value}`),
  ];
}
