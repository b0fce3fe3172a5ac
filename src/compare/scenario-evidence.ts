import { type CriterionId, criterionIds } from "../model/verdict.js";
import { differences, incomparable } from "./comparable.js";
import { countEvidence } from "./count-evidence.js";
import type { CountId } from "./counts-left.js";
import type { Evidence } from "./evidence.js";
import { memoryEvidence } from "./memory-evidence.js";
import type { Reading, RunReading } from "./reading.js";

/** What is known of one scenario, before it is known how sure that must be. */
export interface ScenarioEvidence {
  readonly name: string;
  /** The runs that count. */
  readonly before: readonly RunReading[];
  readonly after: readonly RunReading[];
  /** By resource; a text = why it is not compared. */
  readonly resources: ReadonlyMap<CriterionId, Evidence | string>;
  readonly cannot: string | undefined;
  readonly notes: readonly string[];
}

interface Sides {
  readonly before: readonly RunReading[];
  readonly after: readonly RunReading[];
}

export function scenarioEvidence(name: string, all: Sides): ScenarioEvidence {
  const usable = {
    before: all.before.filter(({ unusable }) => unusable === undefined),
    after: all.after.filter(({ unusable }) => unusable === undefined),
  };
  const cannot = missing(all, usable) ?? incomparable(usable.before, usable.after);
  return {
    name,
    ...usable,
    cannot,
    resources: cannot === undefined ? resourcesOf(usable) : new Map(),
    notes: [...[...all.before, ...all.after].flatMap(notesOf), ...differences(usable.before, usable.after)],
  };
}

function missing(all: Sides, usable: Sides): string | undefined {
  for (const side of ["before", "after"] as const) {
    const other = side === "before" ? "after" : "before";
    if (all[side].length === 0) return `there is no run of it in the build ${side}, only in the one ${other}`;
    if (usable[side].length === 0) return `no run of the build ${side} can be compared`;
  }
  return undefined;
}

function notesOf({ where, unusable, noted }: RunReading): string[] {
  const left = unusable === undefined ? [] : [`${where} is left out: ${unusable}`];
  return [...left, ...noted.map((note) => `${where}: ${note}`)];
}

/** Those that the scenario dropped are left out. */
function resourcesOf({ before, after }: Sides): Map<CriterionId, Evidence | string> {
  const isDropped = (id: CriterionId): boolean =>
    [...before, ...after].some(({ run }) => run.scenario.criteria[id].dropped);
  const asked = criterionIds.filter((id) => !isDropped(id));
  return new Map(
    asked.map((id) => [id, id === "memory" ? memoryOf(before, after) : countsOf(id, before, after)]),
  );
}

function countsOf(id: CountId, before: Sides["before"], after: Sides["after"]): Evidence | string {
  const sides = [before, after].map((runs) => read(runs, ({ counts }) => counts[id]));
  const lack = lackOf(sides);
  if (lack !== undefined) return lack;
  const [old = [], now = []] = sides.map(({ found }) => found);
  return unlike([...old, ...now]) ?? countEvidence(old, now);
}

function memoryOf(before: Sides["before"], after: Sides["after"]): Evidence | string {
  const sides = [before, after].map((runs) => read(runs, ({ memory }) => memory));
  const lack = lackOf(sides);
  if (lack !== undefined) return lack;
  const [old = [], now = []] = sides.map(({ found }) => found);
  return unlike([...old, ...now]) ?? memoryEvidence(old, now);
}

interface ReadSide<T> {
  readonly found: readonly T[];
  readonly lacks: readonly string[];
}

function read<T>(runs: readonly RunReading[], of: (run: RunReading) => Reading<T>): ReadSide<T> {
  const readings = runs.map(of);
  return {
    found: readings.flatMap((one) => (one.lack === undefined ? [one.read] : [])),
    lacks: readings.flatMap((one) => (one.lack === undefined ? [] : [one.lack])),
  };
}

/** Runs in which it was not measured say nothing of it; a build must have one in which it was. */
function lackOf(sides: readonly ReadSide<unknown>[]): string | undefined {
  const blind = sides.findIndex(({ found }) => found.length === 0);
  if (blind < 0) return undefined;
  const why = sides[blind]?.lacks[0] ?? "";
  return `${blind === 0 ? "before" : "after"}: ${why}`;
}

/** What is measured by one thing here and by another there. */
function unlike(all: readonly { readonly by: string | undefined }[]): string | undefined {
  const by = [...new Set(all.map((one) => one.by))];
  return by.length < 2 ? undefined : `not measured by the same: ${by.join(" and ")}`;
}
