/** The sum over all that is asked for; undefined when one of them is missing. */
export function sumOf(values: readonly (number | null | undefined)[]): number | undefined {
  if (values.length === 0 || values.some((value) => typeof value !== "number")) return undefined;
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
