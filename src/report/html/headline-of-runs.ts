import type { Report } from "../../model/reporting.js";
import type { ScenarioVerdict } from "../../model/verdict.js";
import { overallVerdict } from "../overall.js";
import { type Headline, headlineOf } from "./headline.js";
import { listed } from "./listed.js";
import { html, type Part } from "./markup.js";
import { theirs } from "./theirs.js";

const mostNames = 4;

/** What a page says first: of one run all of it, of several how many are as grave as the gravest. */
export function headlineOfRuns({ runs }: Report): Headline {
  const [only, ...others] = runs;
  if (!only) return { sentence: "Nothing was run.", facts: [] };
  if (others.length === 0) return headlineOf(only);
  const verdict = overallVerdict(runs.map(({ result }) => result));
  const alike = runs.filter(({ result }) => result.verdict === verdict).map(({ result }) => result.name);
  const names = theirs(listed(alike, mostNames));
  return { sentence: sentences[verdict]({ count: alike.length, of: runs.length, names }), facts: [] };
}

interface Alike {
  readonly count: number;
  readonly of: number;
  readonly names: Part;
}

const sentences: Readonly<Record<ScenarioVerdict, (alike: Alike) => Part>> = {
  fail: ({ count, of, names }) => html`${count} of ${of} runs ${count === 1 ? "leaks" : "leak"}: ${names}.`,
  broke: ({ count, of, names }) => html`${count} of ${of} runs broke: ${names}.`,
  inconclusive: ({ count, of, names }) => html`Of ${count} of ${of} runs it cannot be told: ${names}.`,
  unchecked: ({ count, of, names }) => html`${count} of ${of} runs measured nothing: ${names}.`,
  pass: ({ of }) => html`No leak seen in any of ${of} runs.`,
};
