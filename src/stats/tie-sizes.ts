/**
 * How many there are of each value that is there more than once.
 * @param sorted no NaN
 */
export function tieSizes(sorted: Float64Array): number[] {
  const sizes: number[] = [];
  let run = 1;
  for (let index = 1; index <= sorted.length; index += 1) {
    if (sorted[index] === sorted[index - 1]) run += 1;
    else {
      if (run > 1) sizes.push(run);
      run = 1;
    }
  }
  return sizes;
}
