import type { CriterionId, CriterionResult, Rate } from "../model/verdict.js";
import { ceilingOf } from "./ceilings.js";
import { project } from "./projection.js";
import type { RunView } from "./run-view.js";

type Ahead = Pick<CriterionResult, "hoursToExhaustion" | "hoursLow" | "hoursHigh" | "ceiling"> &
  Partial<Pick<CriterionResult, "limit">>;

/** A rate per operation; with one per hour where time drives it, and not the load. */
interface Pace extends Rate {
  readonly perHour?: Rate | undefined;
}

/** Which ceiling a growth heads for, and when production hits it. */
export function projected(view: RunView, id: CriterionId, { perHour, ...rate }: Pace): Ahead {
  const ceiling = ceilingOf(id, view);
  const unknown = { hoursToExhaustion: undefined, hoursLow: undefined, hoursHigh: undefined };
  if (!ceiling) return { ...unknown, ceiling: undefined };
  const { name, limit, held, share } = ceiling;
  const growth = {
    held,
    ceiling: limit,
    rate: scaled(rate, share),
    perHour: perHour && scaled(perHour, share),
  };
  const { hours, lowHours, highHours } = project(growth, view.record.run.scenario.production);
  return { hoursToExhaustion: hours, hoursLow: lowHours, hoursHigh: highHours, ceiling: name, limit };
}

function scaled({ rate, low, high }: Rate, share: number): Rate {
  return { rate: rate * share, low: low * share, high: high * share };
}
