import type { SelftestResult, TrialResult } from "../model/selftest.js";
import type { ScenarioVerdict } from "../model/verdict.js";
import { inertJson } from "./inert.js";
import { type CriterionDocument, criterionDocument } from "./json.js";
import { selftestVerdict } from "./selftest.js";

/** Grows when a reader of an older one would be misled. */
const documentVersion = 1;

/** The self-test for machines. What is not known is null, never left out. */
export type SelftestDocument = Omit<SelftestResult, "trials"> & {
  readonly version: number;
  readonly verdict: ScenarioVerdict;
  readonly trials: readonly TrialDocument[];
};

type TrialDocument = Omit<TrialResult, "plant" | "truth" | "criterion"> & {
  readonly plant: Exclude<TrialResult["plant"], undefined> | null;
  readonly truth: number | null;
  readonly criterion: CriterionDocument | null;
};

/** Two spaces deep, with a line break at the end. */
export function renderSelftestJson(result: SelftestResult): string {
  const document: SelftestDocument = {
    version: documentVersion,
    verdict: selftestVerdict(result),
    ...result,
    trials: result.trials.map(trialDocument),
  };
  return `${inertJson(JSON.stringify(document, undefined, 2))}\n`;
}

function trialDocument({ plant, truth, criterion, ...trial }: TrialResult): TrialDocument {
  return {
    ...trial,
    plant: plant ?? null,
    truth: truth ?? null,
    criterion: criterion === undefined ? null : criterionDocument(criterion),
  };
}
