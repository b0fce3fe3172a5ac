import type { Measure } from "../model/measure.js";
import type { ReportedRun } from "../model/reporting.js";
import type { CriterionResult } from "../model/verdict.js";
import { gauge, type Labels, labelsOf, type Reading, stateSet } from "./readings.js";

const hourSeconds = 3600;
const verdicts = ["pass", "fail", "inconclusive", "unchecked", "dropped"] as const;

interface Judged {
  readonly result: CriterionResult;
  readonly labels: Labels;
}

type Readings = (judged: Judged) => readonly Reading[];

/** The numbers of each criterion. Counts and bytes are measures of their own. */
export function criterionMeasures(runs: readonly ReportedRun[]): Measure[] {
  const all = runs.flatMap((run) =>
    run.result.criteria.map((result) => ({ result, labels: { ...labelsOf(run), criterion: result.id } })),
  );
  const [counts, bytes] = (["count", "bytes"] as const).map((unit) =>
    all.filter(({ result }) => result.unit === unit),
  );
  const amounts = (name: string, help: string, readings: Readings): Measure[] => [
    gauge({ name, help: `${help}, counted.` }, counts?.flatMap(readings) ?? []),
    gauge({ name, help: `${help}, in bytes.`, unit: "bytes" }, bytes?.flatMap(readings) ?? []),
  ];
  const rates = (per: string, help: string, readings: Readings): Measure[] => [
    gauge({ name: `growth_${per}`, help: `${help}, counted.` }, counts?.flatMap(readings) ?? []),
    gauge({ name: `growth_bytes_${per}`, help: `${help}, in bytes.` }, bytes?.flatMap(readings) ?? []),
  ];
  return [
    gauge(
      { name: "verdict", help: "1 for the verdict of the criterion, 0 for the others." },
      all.flatMap(({ result, labels }) => stateSet(verdicts, result.verdict, labels)),
    ),
    ...amounts("held", "What was held at the baseline, at the highest moment and after the drain", held),
    ...amounts("limit", "The ceiling that it would hit on this system", limit),
    ...rates(
      "per_operation",
      "Growth per operation, its 95% interval, and what would have been seen",
      byLoad,
    ),
    ...rates("per_second", "Growth per second, where time drives it or nobody paced the load", byTime),
    gauge(
      { name: "exhaustion", help: "Time of production traffic until the ceiling is hit.", unit: "seconds" },
      all.flatMap(exhaustion),
    ),
  ];
}

function held({ result: { baseline, peak, end }, labels }: Judged): Reading[] {
  return Object.entries({ baseline, peak, end }).map(([at, value]) => ({
    labels: { ...labels, at },
    value,
  }));
}

function limit({ result, labels }: Judged): Reading[] {
  return [{ labels, value: result.limit }];
}

function byLoad(judged: Judged): Reading[] {
  return judged.result.per === "second" ? [] : growth(judged);
}

function byTime(judged: Judged): Reading[] {
  const { result, labels } = judged;
  if (result.per === "second") return growth(judged);
  const { perHour } = result;
  if (!perHour) return [];
  const { rate, low, high } = perHour;
  return bounds({ estimate: rate / hourSeconds, low: low / hourSeconds, high: high / hourSeconds }, labels);
}

/** A failure has seen a growth: what it would have seen says nothing more. */
function growth({ result, labels }: Judged): Reading[] {
  const { verdict, perOperation, low, high } = result;
  const detectable = verdict === "fail" ? undefined : result.detectable;
  return bounds({ estimate: perOperation, low, high, detectable }, labels);
}

function exhaustion({ result, labels }: Judged): Reading[] {
  const { hoursToExhaustion, hoursLow, hoursHigh } = result;
  const seconds = (hours: number | undefined): number | undefined =>
    hours === undefined ? undefined : hours * hourSeconds;
  const ends = { estimate: seconds(hoursToExhaustion), low: seconds(hoursLow), high: seconds(hoursHigh) };
  return bounds(ends, labels);
}

function bounds(values: Readonly<Record<string, number | undefined>>, labels: Labels): Reading[] {
  return Object.entries(values).map(([bound, value]) => ({ labels: { ...labels, bound }, value }));
}
