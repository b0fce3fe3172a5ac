import { formatNumber } from "../model/units.js";

/** An estimate claims two digits: 105400 → 100000. Rounded down, so that it claims no more than there is. */
export function roughly(operations: number): number {
  const step = stepOf(operations);
  return Math.floor(operations / step) * step;
}

/** What an estimate says is needed: two digits, rounded up. */
export function roughlyNeeded(operations: number): number {
  const step = stepOf(operations);
  return Math.ceil(operations / step) * step;
}

function stepOf(operations: number): number {
  return 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, operations))) - 1);
}

/** Units left per operation: 0.004 → `1 per 250 operations`, 2 → `2 per operation`. */
export function rateText(perOperation: number): string {
  if (perOperation > 1) return `${formatNumber(perOperation)} per operation`;
  return ratioText(perOperationsOf(perOperation));
}

/** The same for an estimate: 0.0000284 → `about 1 per 35000 operations`. */
export function roughRateText(perOperation: number): string {
  if (perOperation > 1) return `about ${rateText(perOperation)}`;
  return `about ${ratioText(roughly(perOperationsOf(perOperation)))}`;
}

function ratioText(operations: number): string {
  return operations === 1 ? "1 per operation" : `1 per ${operations} operations`;
}

/** Rounded down, so that no more is claimed than is seen; but 1/49 is 49, whatever the division makes of it. */
function perOperationsOf(rate: number): number {
  return Math.floor(1 / rate + 1e-6);
}
