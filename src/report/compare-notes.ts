import type { ComparedResource, ComparedScenario, Comparison } from "../model/comparison.js";
import { formatNumber } from "../model/units.js";
import { riseWords } from "./compare-cells.js";

/** Scatter below this is not worth a word. */
const wideScatter = 1.5;

/** What is to be known beside the table of a scenario. */
export function scenarioNotes({ resources, notes, cannot }: ComparedScenario): string[] {
  const own = resources.flatMap((one) => resourceNotes(one).map((note) => `${one.id}: ${note}`));
  return [...(cannot === undefined ? [] : [`not compared: ${cannot}`]), ...own, ...notes];
}

function resourceNotes(one: ComparedResource): string[] {
  return [whyNote(one), needNote(one), scatterNote(one)].filter((note) => note !== undefined);
}

function whyNote({ why, outcome }: ComparedResource): string | undefined {
  return why === undefined || outcome !== "not compared" ? why : `not compared: ${why}`;
}

function needNote({ outcome, beyond, repeatsNeeded, unit }: ComparedResource): string | undefined {
  if (outcome !== "open" || beyond === undefined || repeatsNeeded === undefined) return undefined;
  return `a rise of ${riseWords(beyond, unit)} is not ruled out: need >= ${repeatsNeeded} repeats of each`;
}

function scatterNote({ dispersion, outcome, unit }: ComparedResource): string | undefined {
  if (dispersion === undefined || dispersion < wideScatter || outcome === "worse") return undefined;
  const than = unit === "bytes" ? "than their own errors allow" : "than single leaks would";
  const what = unit === "bytes" ? "the repeats disagree" : "what is left scatters";
  return `${what} ${formatNumber(Math.sqrt(dispersion))} times more ${than}: more repeats tell more`;
}

/** The last line, without the verdict in front of it. */
export function verdictText({ scenarios, verdict, familyAlpha }: Comparison): string {
  const all = scenarios.flatMap((scenario) => scenario.resources.map((one) => ({ scenario, one })));
  const named = (outcome: ComparedResource["outcome"]): string =>
    all
      .filter(({ one }) => one.outcome === outcome)
      .map(({ scenario, one }) => `${one.id} in ${scenario.name}${riseOf(one)}`)
      .join("; ");
  if (verdict === "regression") return named("worse");
  if (verdict === "undecided") return named("open") || "nothing could be compared that had to be";
  const compared = all.filter(({ one }) => one.outcome !== "not compared").length;
  const what = `${compared} ${compared === 1 ? "resource" : "resources"} compared`;
  const chance = `one is told by chance in at most ${formatNumber(1 / familyAlpha)} such comparisons`;
  return `${what}; ${chance}`;
}

function riseOf({ outcome, difference, unit }: ComparedResource): string {
  return outcome === "worse" && difference ? `, ${riseWords(difference.rate, unit)} more` : "";
}
