import { exitCodes } from "../model/problem.js";
import type { SelftestResult, Sight, TrialOutcome } from "../model/selftest.js";
import { formatDuration } from "../model/units.js";
import type { CriteriaOptions } from "./criteria.js";
import { rateText } from "./trial-text.js";
import { wrap } from "./wrap.js";

const verdictTexts: Readonly<Record<number, string>> = {
  [exitCodes.pass]: "what was planted was found, and what is clean passes",
  [exitCodes.fail]: "do not trust the tool on this machine",
  [exitCodes.inconclusive]: "not all of it could be told",
  [exitCodes.broke]: "a run broke, so nothing can be told of it",
};

/** How small a leak of each resource can be. */
export function sightLines(sights: readonly Sight[], { paint, width }: CriteriaOptions): string[] {
  if (sights.length === 0) return [];
  const lines = sights.flatMap(({ criterion, unit, detectable, caught }) => {
    const text = `down to ${rateText(detectable, unit)}; planted and caught: ${rateText(caught, unit)}`;
    return wrap(text, { width, first: `    ${criterion}: `.padEnd(15), rest: " ".repeat(15) });
  });
  return [`  ${paint.strong("The smallest leak seen in this time")}`, ...lines];
}

/** How many of which. */
export function tallyLines(result: SelftestResult, { width }: CriteriaOptions): string[] {
  const twins = result.trials.filter(({ plant }) => plant === undefined);
  const plants = result.trials.filter(({ plant }) => plant !== undefined);
  const clean = twins.filter(({ outcome }) => outcome === "clean").length;
  const others = [
    countOf("below", "rarer than what can be seen", plants),
    countOf("allowed", "seen and within the budget", plants),
  ].flat();
  const found = plants.filter(({ outcome }) => outcome === "found").length;
  const lines = [
    `clean twins: ${clean} of ${twins.length} pass`,
    [`planted leaks: ${found} of ${plants.length} found`, ...others].join("; "),
    ...named("never found at the rates tried", result.neverFound),
    ...named(untriedWords(result), result.untried),
  ];
  return lines.flatMap((line) => wrap(line, { width, first: "  ", rest: "    " }));
}

function untriedWords({ exitCode }: SelftestResult): string {
  const isStopped = verdictTexts[exitCode] === undefined;
  return isStopped ? "not tried" : "not tried, for want of time (--for)";
}

function countOf(wanted: TrialOutcome, words: string, trials: SelftestResult["trials"]): string[] {
  const count = trials.filter(({ outcome }) => outcome === wanted).length;
  return count === 0 ? [] : [`${count} ${words}`];
}

function named(words: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${words}: ${names.join(", ")}`];
}

export function verdictText({ exitCode, givenMs }: SelftestResult): string {
  return `${verdictTexts[exitCode] ?? "stopped by hand"} (time given: ${formatDuration(givenMs)})`;
}
