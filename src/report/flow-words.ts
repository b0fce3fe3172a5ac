import type { FlowRate } from "../model/finding.js";
import { formatBytes, formatNumber } from "../model/units.js";

/** From here on each session leaves more than one, and `1 in …` would say less. */
const severalEach = 1.5;

/** `1 in 1.0 (0.9 to 1.1)`, `2.5 each (2.3 to 2.7)`, `12 KiB each (10 KiB to 14 KiB)` */
export function flowRateText({ criterion, rate, low, high }: FlowRate): string {
  if (criterion === "memory") return spread(`${formatBytes(rate)} each`, [low, high], formatBytes);
  if (rate >= severalEach) return spread(`${formatNumber(rate)} each`, [low, high], formatNumber);
  if (rate <= 0) return "none";
  const soonest = oneIn(high);
  const range = low > 0 ? `${soonest} to ${oneIn(low)}` : `${soonest} or more`;
  return `1 in ${oneIn(rate)} (${range})`;
}

/** What may be, where the mix cannot tell: `unclear, up to 1 in 8.0`. */
export function unclearText({ criterion, high }: FlowRate): string {
  if (!Number.isFinite(high) || high <= 0) return "unclear";
  if (criterion === "memory") return `unclear, up to ${formatBytes(high)} each`;
  return `unclear, up to ${high >= severalEach ? `${formatNumber(high)} each` : `1 in ${oneIn(high)}`}`;
}

function spread(rate: string, ends: readonly number[], format: (value: number) => string): string {
  return ends.every(Number.isFinite) ? `${rate} (${ends.map(format).join(" to ")})` : rate;
}

/** One digit after the point while it tells something. */
function oneIn(rate: number): string {
  const operations = 1 / rate;
  return operations < 10 ? operations.toFixed(1) : formatNumber(Math.round(operations));
}
