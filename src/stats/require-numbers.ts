/** @throws RangeError when one of the values is NaN: a gap must be left out before, never counted as a number. */
export function requireNumbers(values: readonly number[], name: string): void {
  const index = values.findIndex((value) => Number.isNaN(value));
  if (index >= 0) throw new RangeError(`${name}[${index}] is NaN`);
}
