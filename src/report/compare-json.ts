import type { ComparedResource, ComparedScenario, Comparison } from "../model/comparison.js";
import type { Rate } from "../model/verdict.js";
import { inertJson } from "./inert.js";
import { type Known, known } from "./known.js";

/** Grows when a reader of an older one would be misled. */
const documentVersion = 1;

/** The comparison for machines; see compare.schema.json. */
export type CompareDocument = Omit<Comparison, "scenarios"> & {
  readonly version: number;
  readonly scenarios: readonly ComparedScenarioDocument[];
};

type ComparedScenarioDocument = Omit<ComparedScenario, "resources" | "cannot"> & {
  readonly resources: readonly Known<ComparedResource>[];
  readonly cannot: string | null;
};

/** Two spaces deep, with a line break at the end. What is not known is null, never left out. */
export function renderCompareJson(comparison: Comparison): string {
  const document: CompareDocument = {
    version: documentVersion,
    ...comparison,
    scenarios: comparison.scenarios.map((scenario) => ({
      ...scenario,
      resources: scenario.resources.map(resourceDocument),
      cannot: scenario.cannot ?? null,
    })),
  };
  return `${inertJson(JSON.stringify(document, undefined, 2))}\n`;
}

function resourceDocument(one: ComparedResource): Known<ComparedResource> {
  return {
    ...one,
    before: finite(one.before),
    after: finite(one.after),
    difference: finite(one.difference),
    chance: known(one.chance),
    alpha: known(one.alpha),
    detectable: known(one.detectable),
    dispersion: known(one.dispersion),
    beyond: known(one.beyond),
    repeatsNeeded: known(one.repeatsNeeded),
    why: one.why ?? null,
  };
}

/** An end that is not known is null. */
function finite(rate: Rate | undefined): Rate | null {
  return rate ?? null;
}
