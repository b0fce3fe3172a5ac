import type { ProbeSample } from "../model/snapshot.js";

/** What a look tells, e.g. its tasks; undefined = nothing. */
export type Part = (sample: ProbeSample) => number | undefined;

/** Looks into the runtime first, a page that the target writes itself late; in between the programs that the scenario names. */
const first: readonly string[] = ["node", "go"];
const last: readonly string[] = ["prometheus", "threads"];

/** Of the looks at one moment that tell something, the one that sees most. */
export function tellerOf(samples: readonly ProbeSample[], part: Part): ProbeSample | undefined {
  const telling = samples.filter((sample) => Number.isFinite(part(sample)));
  const ranks = telling.map(({ probe }) => rankOf(probe));
  return telling[ranks.indexOf(Math.min(...ranks))];
}

function rankOf(probe: string): number {
  if (first.includes(probe)) return first.indexOf(probe);
  return first.length + 1 + last.indexOf(probe);
}
