import { SourceRates } from "../stats/source-rates.js";
import type { LeftAlone } from "./left-alone.js";
import type { Left } from "./left-by-batch.js";
import type { Solve } from "./solution.js";
import { added, type Source } from "./sources.js";

/** Of what came without a date there may be so much, for the rates to stand. */
const mostDateless = 0.1;

/** Solves for what is counted; undefined where there is nothing to solve, or too much without a date. */
export function countedRates(left: Left, alone: ReadonlyMap<string, LeftAlone>): Solve | undefined {
  const dated = sumOf([left.mixed, ...left.known]);
  if (dated === 0 || left.dateless > mostDateless * (dated + left.dateless)) return undefined;
  return (sources) => {
    const exposures = sources.map((source) => added(left.exposures.counts, source));
    const rates = new SourceRates({
      exposures,
      mixed: left.mixed,
      known: sources.map((source) => added(left.known, source)),
      alone: sources.map((source) => aloneOf(source, left, alone)),
    });
    return {
      rate: (source) => rates.rate(source),
      interval: (source, tail) => rates.interval(source, tail),
      isAbove: (source, rate, tail) => rates.isAbove(source, rate, tail),
    };
  };
}

function aloneOf({ members }: Source, left: Left, alone: ReadonlyMap<string, LeftAlone>): LeftAlone {
  const own = members.flatMap((index) => alone.get(left.exposures.flows[index] ?? "") ?? []);
  return {
    exposure: own.reduce((sum, { exposure }) => sum + exposure, 0),
    units: own.reduce((sum, { units }) => sum + units, 0),
  };
}

function sumOf(columns: readonly (readonly number[])[]): number {
  return columns.flat().reduce((sum, units) => sum + units, 0);
}
