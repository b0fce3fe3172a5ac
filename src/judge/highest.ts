/** The highest of the values, at least `floor`. Unlike Math.max it takes any number of them. */
export function highest(values: readonly (number | null | undefined)[], floor: number): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? floor), floor);
}
