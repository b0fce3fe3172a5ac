import type { ComparedResource, ComparedScenario, Comparison } from "../model/comparison.js";
import { formatNumber } from "../model/units.js";
import { riseWords } from "./compare-cells.js";

/** Scatter below this is not worth a word. */
const wideScatter = 1.5;

/** What is to be known beside the table of a scenario. */
export function scenarioNotes({ resources, notes, cannot }: ComparedScenario): string[] {
  const own = together(resources.flatMap((one) => resourceNotes(one).map((note) => [one.id, note] as const)));
  return [...(cannot === undefined ? [] : [`not compared: ${cannot}`]), ...own, ...notes];
}

/** `fds, ptys: note` where several have the same. */
function together(notes: readonly (readonly [string, string])[]): string[] {
  const texts = [...new Set(notes.map(([, note]) => note))];
  return texts.map((text) => {
    const ids = notes.flatMap(([id, note]) => (note === text ? [id] : []));
    return `${ids.join(", ")}: ${text}`;
  });
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
  if (verdict === "regression") return scenarios.flatMap(worseIn).join("; ");
  if (verdict === "undecided") return scenarios.flatMap(openIn).join("; ") || "nothing could be compared";
  const all = scenarios.flatMap(({ resources }) => resources);
  const compared = all.filter(({ outcome }) => outcome !== "not compared").length;
  const what = `${compared} ${compared === 1 ? "resource" : "resources"} compared`;
  return `${what}; by chance alone at most 1 in ${formatNumber(1 / familyAlpha)} comparisons tells of a regression`;
}

/** `fds in goose-churn, 1 per 25 operations more` */
function worseIn({ name, resources }: ComparedScenario): string[] {
  return resources.flatMap(({ id, outcome, difference, unit }) => {
    const rise = difference ? `, ${riseWords(difference.rate, unit)} more` : "";
    return outcome === "worse" ? [`${id} in ${name}${rise}`] : [];
  });
}

/** `fds and ptys in goose-churn` */
function openIn({ name, resources }: ComparedScenario): string[] {
  const ids = resources.filter(isOpen).map(({ id }) => id);
  return ids.length === 0 ? [] : [`${listed(ids)} in ${name}: more than is allowed is not ruled out`];
}

function isOpen({ outcome, beyond }: ComparedResource): boolean {
  return outcome === "open" || (outcome === "not compared" && beyond !== undefined);
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
