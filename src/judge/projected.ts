import type { CriterionId, CriterionResult, Rate } from "../model/verdict.js";
import { ceilingOf } from "./ceilings.js";
import { project } from "./projection.js";
import type { RunView } from "./run-view.js";

type Ahead = Pick<CriterionResult, "hoursToExhaustion" | "hoursLow" | "hoursHigh" | "ceiling"> &
  Partial<Pick<CriterionResult, "limit">>;

/** Per operation, and per hour where time drives it. */
export interface Growing {
  readonly rate: Rate;
  readonly perHour?: Rate | undefined;
}

/** Which ceiling a growth heads for, and when production hits it. */
export function projected(view: RunView, id: CriterionId, { rate, perHour }: Growing): Ahead {
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

/** The ceiling that a growth would head for, were there one. */
export function ceilingAhead(view: RunView, id: CriterionId): Pick<CriterionResult, "limit" | "ceiling"> {
  const ceiling = ceilingOf(id, view);
  return { limit: ceiling?.limit, ceiling: ceiling?.name };
}

function scaled({ rate, low, high }: Rate, share: number): Rate {
  return { rate: rate * share, low: low * share, high: high * share };
}
