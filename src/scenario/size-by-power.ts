import type { Load, Scenario } from "../model/scenario.js";
import { mergeLoad } from "./merge.js";
import { askedRates } from "./normalise-criteria.js";

export interface PowerSizing {
  /** The batch that the file names; undefined = as it fits. */
  readonly batch: number | undefined;
  /** The least number of batches. */
  readonly batches: number;
  /** The operations that show a leak of this rate. */
  readonly operationsFor: (rate: number) => number;
}

/**
 * The load with as many operations, in whole batches, as the power needs that the criteria ask for; but no
 * more than `maxOperations`, where the file gives that.
 */
export function loadForPower({ load, criteria }: Scenario, sizing: PowerSizing): Load {
  const { maxOperations } = load;
  const most = maxOperations ?? Number.POSITIVE_INFINITY;
  const wanted = Math.min(most, Math.max(...askedRates(criteria).map((rate) => sizing.operationsFor(rate))));
  const share = Math.min(Math.ceil(wanted / sizing.batches), Math.floor(most / sizing.batches));
  const batch = sizing.batch ?? Math.max(1, share);
  const batches = Math.max(sizing.batches, Math.ceil(wanted / batch));
  const operations = batch * Math.min(batches, Math.floor(most / batch));
  return mergeLoad(load, { operations, batch, maxOperations });
}
