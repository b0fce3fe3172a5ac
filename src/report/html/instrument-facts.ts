import { formatBytes, formatDuration, formatNumber } from "../../model/units.js";
import type { Instrument } from "../instrument.js";
import { sightText } from "../trial-text.js";
import type { Part } from "./markup.js";
import { theirs } from "./theirs.js";

type Fact = readonly [name: string, text: Part];

/**
 * What measured, and what the measuring cost.
 * @param isWatch it drove no load
 */
export function instrumentFacts(instrument: Instrument, isWatch: boolean): Fact[] {
  const { tool, ticks, snapshots, follow, probes } = instrument;
  return [
    ["Tool", theirs(tool ?? "unknown")],
    ...costFacts(instrument, isWatch),
    ["Looks", `${ticks.toLocaleString("en")} under load, ${snapshots.toLocaleString("en")} snapshots`],
    ["Descendants followed by", theirs(follow.join(", ") || "nothing: the target was never ready")],
    ["Looked inside by", theirs(probes.join(", ") || "no probe")],
    ...proofFacts(instrument),
  ];
}

function costFacts({ peakRssBytes, cpuMs, overMs, costs }: Instrument, isWatch: boolean): Fact[] {
  const load = isWatch ? "" : ", the load it drives included";
  const share = formatNumber((100 * (cpuMs ?? 0)) / (overMs ?? 1));
  const isTimed = cpuMs !== null && overMs !== null;
  return [
    ["Its memory", peakRssBytes === null ? "not recorded" : `at most ${formatBytes(peakRssBytes)}`],
    [
      "Its processor time",
      isTimed ? `${formatDuration(cpuMs)}, ${share}% of one core${load}` : "not recorded",
    ],
    ...Object.entries(costs).map(([probe, cost]) => [`A look by ${probe} costs`, theirs(cost)] as const),
  ];
}

function proofFacts({ proven }: Instrument): Fact[] {
  if (proven === null) return [];
  return [[`Proven ${proven.provenAt.slice(0, 10)}`, proven.sights.map(sightText).join(", ")]];
}
