import type { ReportedRun } from "../../model/reporting.js";
import { formatDuration, formatNumber } from "../../model/units.js";
import type { CriterionResult, ScenarioResult, ScenarioVerdict } from "../../model/verdict.js";
import { none, perWords, seesCell } from "../cells.js";
import { leakRate, timeToExhaustion } from "../impact-words.js";
import { listed } from "./listed.js";
import { longNames } from "./long-names.js";
import { html, type Part } from "./markup.js";
import { theirs } from "./theirs.js";

/** What a reader takes away in five seconds: one sentence, and a few facts under it. */
export interface Headline {
  readonly sentence: Part;
  readonly facts: readonly (readonly [name: string, text: Part])[];
}

export function headlineOf(run: ReportedRun): Headline {
  return headlines[run.result.verdict](run.result);
}

const headlines: Readonly<Record<ScenarioVerdict, (result: ScenarioResult) => Headline>> = {
  fail: leakHeadline,
  pass: passHeadline,
  broke: (result) => ({
    sentence: html`${theirs(result.name)} could not be judged: the run broke.`,
    facts: [["Why", theirs(result.broke ?? "not known")]],
  }),
  inconclusive: (result) => openHeadline(result, "inconclusive"),
  unchecked: (result) => openHeadline(result, "unchecked"),
};

function leakHeadline(result: ScenarioResult): Headline {
  const failed = result.criteria.filter(({ verdict }) => verdict === "fail");
  const [finding] = result.findings;
  const guilty = failed.toSorted(soonest).map(({ id }) => longNames[id]);
  const first = failed.find(({ id }) => id === finding?.criterion) ?? failed[0];
  const time = first === undefined ? none : timeToExhaustion(first);
  const made = finding?.origin?.at;
  return {
    sentence: html`${theirs(result.name)} leaks ${listed(guilty, 3)}.`,
    facts: [
      ...(finding ? [["What", theirs(finding.resource)] as const] : []),
      ...(first ? [["How fast", leakRate(first)] as const] : []),
      ...(time === none ? [] : [["Time left", `${time}${traffic(result)}`] as const]),
      ...(made === undefined ? [] : [["Made at", theirs(made)] as const]),
      ...(finding ? [["What to do", theirs(finding.next)] as const] : []),
    ],
  };
}

function traffic({ sessionsPerHour, watched }: ScenarioResult): string {
  if (watched?.unit === "seconds" || sessionsPerHour === undefined) return "";
  return ` at ${formatNumber(sessionsPerHour)} sessions an hour`;
}

function soonest(a: CriterionResult, b: CriterionResult): number {
  const [hoursA, hoursB] = [a.hoursToExhaustion ?? Number.MAX_VALUE, b.hoursToExhaustion ?? Number.MAX_VALUE];
  return hoursA - hoursB;
}

function passHeadline(result: ScenarioResult): Headline {
  return {
    sentence: html`No leak seen in ${theirs(result.name)}.`,
    facts: [["Looked at", putThrough(result)], ...powerFacts(result)],
  };
}

/** A pass is worth what it would have seen: `above 1 per 333: tasks, and zombies`. */
function powerFacts({ criteria }: ScenarioResult): Headline["facts"] {
  const seen = criteria.filter((criterion) => seesCell(criterion) !== none);
  const texts = [...new Set(seen.map(seesCell))].map((sight) => {
    const names = seen.filter((criterion) => seesCell(criterion) === sight).map(({ id }) => longNames[id]);
    return `above ${sight}: ${listed(names, names.length)}`;
  });
  return texts.length === 0 ? [] : [[`Would have seen, ${perWords(criteria[0]?.per)}`, texts.join("; ")]];
}

/** Not measured is never a pass: what is missing is the headline. */
function openHeadline(result: ScenarioResult, verdict: "inconclusive" | "unchecked"): Headline {
  const open = result.criteria.filter((criterion) => criterion.verdict === verdict);
  const names = listed(
    open.map(({ id }) => longNames[id]),
    3,
  );
  return {
    sentence:
      verdict === "inconclusive"
        ? html`It cannot be told whether ${theirs(result.name)} leaks ${names || "anything"}.`
        : html`${names === "" ? "Nothing" : `Of ${names}, nothing`} was measured in ${theirs(result.name)}.`,
    facts: [
      ["Looked at", putThrough(result)],
      ...open.slice(0, 3).map(({ id, reason }) => [longNames[id], theirs(reason)] as const),
    ],
  };
}

/** `1000 operations, 12 of them failed, in 41.3 s` */
export function putThrough({ operations, durationMs, interrupted, watched }: ScenarioResult): string {
  const { landed, failed } = operations;
  const cut = interrupted ? ", interrupted" : "";
  if (watched && landed === 0) return `${formatDuration(durationMs)} under foreign load${cut}`;
  const failures = failed === 0 ? "" : `, ${formatNumber(failed)} failed`;
  return `${formatNumber(landed)} operations landed${failures} in ${formatDuration(durationMs)}${cut}`;
}
