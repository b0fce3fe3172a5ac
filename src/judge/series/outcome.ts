import type { SeriesVerdict } from "../../model/series.js";
import type { Prepared } from "./prepared.js";

type Known = Pick<SeriesVerdict, "verdict" | "shape" | "perOperation" | "low" | "high" | "detectable" | "reason">;

/** Fills in what every verdict carries; a pass without the power that was asked for is none. */
export function outcome(
  { rigour, series, spikes, start, end, operations }: Prepared,
  known: Known,
  numbers: Readonly<Record<string, number>>,
): SeriesVerdict {
  const asked = rigour.detectPerOperation;
  const isWeak = known.verdict === "pass" && asked !== undefined && known.detectable > asked;
  return {
    perHour: undefined,
    ...known,
    ...(isWeak ? { verdict: "inconclusive" as const } : {}),
    numbers: {
      alpha: rigour.alpha,
      power: rigour.power,
      points: series.points.length,
      operations,
      start,
      end,
      spikes,
      ...numbers,
    },
  };
}
