import { countsLine } from "../evidence.js";
import { type Level, sizesOf } from "../judge-levels.js";

/** How a level went: `baseline 21 → 31 41 … 111`. */
export function courseLine({ series }: Level): string {
  const { baseline, values } = sizesOf(series);
  return countsLine(baseline, values, undefined);
}
