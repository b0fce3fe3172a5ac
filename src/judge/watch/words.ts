import { formatNumber } from "../../model/units.js";
import { spanText } from "../wording.js";
import type { Load } from "./load.js";
import type { WatchedView } from "./watched-view.js";

/** `open connections rose from 31 to 60.4 on average` */
export function loadText({ from, to, factor }: Load): string {
  const [start, most] = [formatNumber(from), formatNumber(to)];
  if (start !== most) return `open connections rose from ${start} to ${most} on average`;
  return `the load rose to ${factor.toFixed(1)} times what it was`;
}

/** `in the last 15 min` */
export function whenText({ unit, span }: WatchedView): string {
  return unit === "seconds" ? `in the last ${spanText(span / 2)}` : "in the second half of the watch";
}
