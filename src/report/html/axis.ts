const kibi = 1024;
const dayMs = 86_400_000;
/** Steps that a clock knows, by their unit in milliseconds. */
const clockSteps: readonly (readonly [unitMs: number, counts: readonly number[]])[] = [
  [1, [1, 10, 100, 200, 500]],
  [1000, [1, 2, 5, 10, 20, 30]],
  [60_000, [1, 2, 5, 10, 20, 30]],
  [3_600_000, [1, 2, 3, 6, 12]],
];
const stepsMs = clockSteps.flatMap(([unitMs, counts]) => counts.map((count) => count * unitMs));

/** Round values for an axis, from at or above `least` to at or below `most`: steps of 1, 2 or 5 of a power of ten, of bytes in their unit, and whole ones. */
export function roundSteps(
  { least, most }: { readonly least: number; readonly most: number },
  about: number,
  unit: "count" | "bytes",
): number[] {
  const span = most - least;
  if (!(span > 0)) return [least];
  const base = unit === "bytes" ? kibi ** Math.max(0, Math.floor(Math.log(most) / Math.log(kibi))) : 1;
  const step = Math.max(1, stepOf(span / about / base) * base);
  const first = Math.ceil(least / step);
  const last = Math.floor(most / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

function stepOf(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
}

/** The same for a time since the beginning, in milliseconds. */
export function roundTimes(mostMs: number, about: number): number[] {
  const rough = mostMs / about;
  const step = stepsMs.find((one) => one >= rough) ?? dayMs * stepOf(rough / dayMs);
  return Array.from({ length: Math.floor(mostMs / step + 1e-9) + 1 }, (_, index) => index * step);
}
