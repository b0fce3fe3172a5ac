import type { Measure, MeasureSample } from "../model/measure.js";
import type { ReportedRun } from "../model/reporting.js";
import { tame } from "./tame.js";

export type Labels = Readonly<Record<string, string>>;

/** One number of a measure, before it is sure that it is known. */
export interface Reading {
  readonly labels: Labels;
  readonly value: number | undefined;
}

/** Of no unit, unless one is given. */
export function gauge(
  { name, help, unit }: Pick<Measure, "name" | "help"> & Partial<Pick<Measure, "unit">>,
  readings: readonly Reading[],
): Measure {
  return { name, help, unit, samples: knownOf(readings) };
}

/** What is not known or has no bound is left out; of two with the same labels the first stays: one series cannot have both. */
function knownOf(readings: readonly Reading[]): MeasureSample[] {
  const samples = new Map<string, MeasureSample>();
  for (const { labels, value } of readings) {
    const key = JSON.stringify(labels);
    if (value === undefined || !Number.isFinite(value) || samples.has(key)) continue;
    samples.set(key, { labels, value });
  }
  return [...samples.values()];
}

/** The state set of OpenMetrics, as a gauge: the older text format knows no such type. */
export function stateSet(states: readonly string[], state: string, labels: Labels): Reading[] {
  return states.map((verdict) => ({ labels: { ...labels, verdict }, value: verdict === state ? 1 : 0 }));
}

/** The target by its command as the scenario has it: ports and folders of this run would make a new series each time. */
export function labelsOf({ result, record: { run } }: ReportedRun): Labels {
  const target = run.attached ?? run.scenario.target.command.join(" ");
  return { scenario: tame(result.name), target: tame(target) };
}
