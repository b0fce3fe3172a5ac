import {
  type CriterionId,
  type CriterionVerdict,
  criterionIds,
  type ScenarioResult,
} from "../model/verdict.js";
import type { CriteriaOptions } from "./criteria.js";
import { inert } from "./inert.js";
import { wrap } from "./wrap.js";

const order: readonly CriterionVerdict[] = ["fail", "inconclusive", "unchecked", "pass", "dropped"];

/** The criteria over all scenarios of a run: which passed how often, and where one did not. */
export function summaryLines(results: readonly ScenarioResult[], options: CriteriaOptions): string[] {
  const title = options.paint.strong(`All ${results.length} scenarios`);
  const broke = results.filter(({ verdict }) => verdict === "broke").map(({ name }) => inert(name));
  const brokeLine = { width: options.width, first: "  broke: ", rest: "    " };
  return [
    title,
    ...criterionIds.flatMap((id) => criterionLines(id, results, options)),
    ...(broke.length > 0 ? wrap(broke.join(", "), brokeLine) : []),
  ];
}

function criterionLines(
  id: CriterionId,
  results: readonly ScenarioResult[],
  options: CriteriaOptions,
): string[] {
  const found = results.flatMap(({ name, criteria }) =>
    criteria.filter((criterion) => criterion.id === id).map(({ verdict }) => ({ name, verdict })),
  );
  const present = order.filter((verdict) => found.some((one) => one.verdict === verdict));
  const gravest = present[0];
  if (gravest === undefined) return [];
  const counts = present.map((verdict) =>
    countOf(
      verdict,
      found.filter((one) => one.verdict === verdict),
    ),
  );
  const label = `  ${id.padEnd(10)}`;
  const gap = " ".repeat("inconclusive".length - gravest.length + 2);
  const first = `${label}${options.paint.verdict(gravest)}${gap}`;
  return wrap(counts.join("; "), { width: options.width, first, rest: " ".repeat(label.length + 14) });
}

/** Whoever passed need not be named. */
function countOf(verdict: CriterionVerdict, found: readonly { readonly name: string }[]): string {
  const count = `${found.length} ${verdict}`;
  return verdict === "pass" ? count : `${count}: ${found.map(({ name }) => inert(name)).join(", ")}`;
}
