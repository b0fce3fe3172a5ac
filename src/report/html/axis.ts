const kibi = 1024;

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
