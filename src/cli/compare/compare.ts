import type { Comparison } from "../../model/comparison.js";
import { renderCompareJson } from "../../report/compare-json.js";
import { renderCompareMarkdown } from "../../report/compare-markdown.js";
import { renderCompare } from "../../report/compare-text.js";
import { beyondOf } from "./beyond-option.js";
import { widthOf } from "../columns.js";
import { buildOf, comparisonOf } from "./comparing.js";
import { type Host, wantsColour } from "../host.js";

export interface CompareWords {
  readonly beyond?: readonly string[];
  readonly reporter: "default" | "json" | "markdown";
}

interface CompareInput {
  readonly before: string;
  readonly after: string;
  readonly options: CompareWords;
}

/** `watertight compare`. @returns what to exit with. */
export async function compareCommand(input: CompareInput, host: Host): Promise<number> {
  const { before, after, options } = input;
  const beyond = beyondOf(options.beyond ?? []);
  const [old, now] = [await buildOf(before, host.cwd()), await buildOf(after, host.cwd())];
  const comparison = comparisonOf(old, now, beyond);
  host.stdout.write(textOf(comparison, options.reporter, host));
  return comparison.exitCode;
}

function textOf(comparison: Comparison, reporter: CompareWords["reporter"], host: Host): string {
  if (reporter === "json") return renderCompareJson(comparison);
  if (reporter === "markdown") return renderCompareMarkdown(comparison);
  return renderCompare(comparison, { colour: wantsColour(host, host.stdout), width: widthOf(host) });
}
