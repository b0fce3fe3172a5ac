import type { SeriesVerdict } from "../../model/series.js";
import { passIfSeen } from "../asked.js";
import type { Prepared } from "./prepared.js";

type Known = Pick<
  SeriesVerdict,
  "verdict" | "shape" | "perOperation" | "low" | "high" | "detectable" | "reason"
>;

/** Fills in what every verdict carries. A pass states its power; one without the power that was asked for is none. */
export function outcome(
  prepared: Prepared,
  known: Known,
  numbers: Readonly<Record<string, number>>,
): SeriesVerdict {
  return {
    perHour: undefined,
    ...known,
    ...(known.verdict === "pass" ? passIfSeen(sightOf(prepared, known)) : {}),
    numbers: { ...commonNumbers(prepared), ...numbers },
  };
}

function sightOf({ rigour, series }: Prepared, { reason, detectable }: Known) {
  return { reason, detectable, asked: rigour.detectPerOperation, kind: series.kind };
}

function commonNumbers({ rigour, series, spikes, start, end, operations }: Prepared) {
  const { alpha, power } = rigour;
  return { alpha, power, points: series.points.length, operations, start, end, spikes };
}
