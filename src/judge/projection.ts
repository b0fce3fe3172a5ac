import type { Production } from "../model/scenario.js";
import type { Rate } from "../model/verdict.js";

/** What heads for a ceiling. `held` and `ceiling` are in the same unit, the rates in that unit too. */
export interface Growth {
  /** Held at the end of the run. */
  readonly held: number;
  /** Per operation. */
  readonly rate: Rate;
  /** Where time drives the growth and not the load: this alone counts, whatever the traffic is. */
  readonly perHour?: Rate | undefined;
  readonly ceiling: number;
}

/** Hours at production traffic until the ceiling is hit; undefined = never at that rate. */
export interface Projection {
  readonly hours: number | undefined;
  /** At the upper end of the rate's interval. */
  readonly lowHours: number | undefined;
  /** At the lower end of the rate's interval. */
  readonly highHours: number | undefined;
}

/**
 * How long production lasts, on a straight line from what was held at the end. A rate of 0 or below
 * never gets there; what is there already needs 0 hours, whatever the rate.
 * A number that is not known (NaN) gives undefined.
 */
export function project(growth: Growth, { sessionsPerHour }: Production): Projection {
  const { rate, perHour, held, ceiling } = growth;
  const room = Math.max(0, ceiling - held);
  const hours = (perOperation: number, hourly: number | undefined): number | undefined =>
    hoursFor(room, hourly ?? perOperation * sessionsPerHour);
  return {
    hours: hours(rate.rate, perHour?.rate),
    lowHours: hours(rate.high, perHour?.high),
    highHours: hours(rate.low, perHour?.low),
  };
}

function hoursFor(room: number, perHour: number): number | undefined {
  if (room === 0) return 0;
  return perHour > 0 && Number.isFinite(room) ? room / perHour : undefined;
}
