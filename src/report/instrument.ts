import type { RunRecord, TickLine } from "../model/record.js";
import type { Proof } from "../model/selftest.js";
import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import { sightText } from "./trial-text.js";

/** What measured, and what the measuring cost. Null = not known. */
export interface Instrument {
  /** Name and version. */
  readonly tool: string | null;
  readonly kernel: string | null;
  readonly node: string | null;
  /** Highest resident set of the tool itself, the load it drives included, in bytes. */
  readonly peakRssBytes: number | null;
  /** CPU time of the tool between its first and its last look, and that time as it passed. */
  readonly cpuMs: number | null;
  readonly overMs: number | null;
  /** Looks at the target while the load ran, and snapshots at quiet. */
  readonly ticks: number;
  readonly snapshots: number;
  /** How descendants were followed. */
  readonly follow: readonly string[];
  /** The probes that looked inside. */
  readonly probes: readonly string[];
  /** What each of them says that one look costs the target. */
  readonly costs: Readonly<Record<string, string>>;
  /** What `watertight selftest` proved of this version on this machine. */
  readonly proven: Pick<Proof, "provenAt" | "sights"> | null;
}

export function instrumentOf(records: readonly RunRecord[], proof?: Proof): Instrument {
  const run = records[0]?.run;
  const ticks = records.flatMap((record) => record.ticks);
  const spans = records.flatMap(({ ticks }) => spanOf(ticks));
  return {
    tool: run?.tool ?? null,
    kernel: run?.system.kernel ?? null,
    node: run?.system.node ?? null,
    peakRssBytes:
      ticks.length === 0 ? null : ticks.reduce((peak, tick) => Math.max(peak, tick.ownRssBytes), 0),
    cpuMs: total(spans.map(({ cpuMs }) => cpuMs)),
    overMs: total(spans.map(({ overMs }) => overMs)),
    ticks: ticks.length,
    snapshots: records.reduce((sum, { snapshots }) => sum + snapshots.length, 0),
    follow: unique(records.flatMap(({ started }) => started?.follow ?? [])),
    probes: unique(records.flatMap(({ started }) => started?.probes ?? [])),
    costs: Object.fromEntries(records.flatMap(({ started }) => Object.entries(started?.costs ?? {}))),
    proven: proof === undefined ? null : { provenAt: proof.provenAt, sights: proof.sights },
  };
}

/**
 * One sentence for people.
 * @param isWatch it drove no load
 */
export function instrumentText(instrument: Instrument, isWatch: boolean): string {
  const { tool, peakRssBytes, cpuMs, overMs, kernel, node, follow, proven } = instrument;
  return [
    `${tool ?? "unknown tool"} on Linux ${kernel ?? "unknown"}, Node ${node ?? "unknown"}`,
    peakRssBytes === null
      ? "its own memory not recorded"
      : `its own memory at most ${formatBytes(peakRssBytes)}`,
    cpuMs === null || overMs === null ? "its CPU time not recorded" : cpuText(cpuMs, overMs, isWatch),
    `descendants followed by ${follow.join(", ") || "nothing: the target was never ready"}`,
    `looked inside by ${looksText(instrument)}`,
    ...(proven === null ? [] : [provenText(proven)]),
  ].join("; ");
}

/** `node (cost of a look: a collection and three readings of 0.4 ms), prometheus` */
function looksText({ probes, costs }: Instrument): string {
  const cost = (name: string): string | undefined => (Object.hasOwn(costs, name) ? costs[name] : undefined);
  const texts = probes.map((name) =>
    cost(name) === undefined ? name : `${name} (cost of a look: ${cost(name)})`,
  );
  return texts.join(", ") || "no probe";
}

/** The day is that of UTC, as in the names of the folders of runs. */
function provenText({ provenAt, sights }: Pick<Proof, "provenAt" | "sights">): string {
  return `instrument proven ${provenAt.slice(0, 10)}: ${sights.map(sightText).join(", ")}`;
}

function cpuText(cpuMs: number, overMs: number, isWatch: boolean): string {
  const share = formatNumber((100 * cpuMs) / overMs);
  const load = isWatch ? "" : ", the load it drives included";
  return `CPU ${formatDuration(cpuMs)} (${share}% of one core${load})`;
}

/** The tool's CPU time is counted from its start, which may be some scenarios ago: only differences tell. */
function spanOf(ticks: readonly TickLine[]): { readonly cpuMs: number; readonly overMs: number }[] {
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (!first || !last || last.atMs <= first.atMs) return [];
  return [{ cpuMs: last.ownCpuMs - first.ownCpuMs, overMs: last.atMs - first.atMs }];
}

function total(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
