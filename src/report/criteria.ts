import type { CriterionResult } from "../model/verdict.js";
import {
  ceilingCell,
  exhaustionCell,
  exhaustionWithInterval,
  heldCell,
  limitCell,
  none,
  perWords,
  rateCell,
  rateWithInterval,
  seesCell,
} from "./cells.js";
import type { Paint } from "./paint.js";
import { narrowestTable, tableLines } from "./table.js";
import { textWidth } from "./text-width.js";

type Cell = (result: CriterionResult) => string;
type Column = readonly [title: string, cell: Cell];

const held: Column = ["baseline → peak → end", heldCell];
const limit: Column = ["limit", limitCell];
const sees: Column = ["sees", seesCell];
const rate: Column = ["rate", rateCell];
const exhausted: Column = ["exhausted in", exhaustionCell];
const rateSpread: Column = ["rate", rateWithInterval];
const exhaustedSpread: Column = ["exhausted in", exhaustionWithInterval];

/** The fullest first. What a pass would have seen says more than the interval of its rate. */
const layouts: readonly (readonly Column[])[] = [
  [held, rateSpread, limit, exhaustedSpread, sees],
  [held, rate, limit, exhaustedSpread, sees],
  [held, rate, limit, exhausted, sees],
  [held, rate, limit, exhaustedSpread],
  [held, rate, limit, exhausted],
];

/** The title of a rate says what it is by. */
function titled(columns: readonly Column[], per: string): readonly Column[] {
  return columns.map(([title, cell]) => [title === rate[0] ? per : title, cell]);
}

/** A title of two words may take two lines. */
function stacked([title, cell]: Column): Column {
  return [title.includes("→") ? title : title.replace(" ", "\n"), cell];
}

function bothWays(columns: readonly Column[]): (readonly Column[])[] {
  return [columns, columns.map(stacked)];
}

export interface CriteriaOptions {
  readonly paint: Paint;
  readonly width: number;
}

/** The numbers of the criteria: the fullest table that fits, else a list. */
export function criteriaLines(criteria: readonly CriterionResult[], options: CriteriaOptions): string[] {
  const { paint, width } = options;
  if (width < narrowestTable) return criteria.flatMap((result) => listLines(result, paint));
  const per = perWords(criteria[0]?.per);
  for (const columns of layouts.map((layout) => titled(layout, per)).flatMap(bothWays)) {
    const lines = tableOf(criteria, columns, paint);
    if (lines.every((line) => textWidth(line) <= width)) return lines;
  }
  return criteria.flatMap((result) => listLines(result, paint));
}

function tableOf(criteria: readonly CriterionResult[], columns: readonly Column[], paint: Paint): string[] {
  const titles = columns.map(([title]) => title);
  const rows = criteria.map((result) => [
    result.id,
    paint.verdict(result.verdict),
    ...columns.map(([, cell]) => cell(result)),
  ]);
  return tableLines(["criterion", "verdict", ...titles], rows);
}

function listLines(result: CriterionResult, paint: Paint): string[] {
  const facts: readonly (readonly [string, string])[] = [
    ["held", heldCell(result)],
    [perWords(result.per), rateWithInterval(result)],
    ["limit", ceilingCell(result)],
    ["exhausted in", exhaustionWithInterval(result)],
    ["sees", seesCell(result)],
  ];
  const known = facts.filter(([, value]) => value !== none);
  return [
    `  ${result.id}: ${paint.verdict(result.verdict)}`,
    ...known.map(([name, value]) => `    ${name} ${value}`),
  ];
}
