/** @throws RangeError when one of the values is NaN or infinite: no line goes through such a point. */
export function requireFinite(values: readonly number[], name: string): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new RangeError(`${name}[${index}] is ${values[index]}`);
}
