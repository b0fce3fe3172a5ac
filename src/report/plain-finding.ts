import type { Finding } from "../model/finding.js";
import type { ScenarioResult } from "../model/verdict.js";
import { findingLines } from "./finding-text.js";
import { paintOf } from "./paint.js";
import { wellFormed } from "./tame.js";

const width = 100;

/** A finding as the report for people tells it, for a file: no colour, 100 columns, not indented. */
export function plainFindingLines(finding: Finding, result: ScenarioResult): string[] {
  const lines = findingLines(finding, result, { paint: paintOf(false), width });
  return lines.map((line) => wellFormed(line).replace(/^ {2}/, ""));
}

/** The findings that a criterion has a part in. */
export function findingsOf({ findings }: ScenarioResult, id: Finding["criterion"]): readonly Finding[] {
  return findings.filter(({ criteria }) => criteria.includes(id));
}
