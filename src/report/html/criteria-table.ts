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
import type { Markup } from "./markup.js";
import { table, type TableColumn } from "./table.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

/** The criteria with their numbers, and why each came to its verdict. */
export function criteriaTable({ criteria }: ScenarioResult): Markup {
  const columns: readonly TableColumn<CriterionResult>[] = [
    { title: "criterion", cell: ({ id }) => longNames[id] },
    { title: "verdict", cell: ({ verdict }) => verdictMark(verdict) },
    { title: "baseline → peak → end", cell: heldCell, isNumber: true },
    { title: perWords(criteria[0]?.per), cell: rateWithInterval, isNumber: true },
    { title: "limit", cell: (result) => theirs(ceilingCell(result)), isNumber: true },
    { title: "exhausted in", cell: exhaustionWithInterval, isNumber: true },
    { title: "would have been seen", cell: seesCell, isNumber: true },
    { title: "shape", cell: ({ shape }) => shape ?? "–" },
    { title: "why", cell: ({ reason }) => theirs(reason), isLong: true },
  ];
  return table(criteria, columns, {
    caption: "What was held, how fast it grows with its 95% interval, and until when",
    label: "Criteria, scrolls sideways",
  });
}
