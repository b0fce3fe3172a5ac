const ratio = (Math.sqrt(5) - 1) / 2;

/**
 * Where a function with one dip between two ends is least, to about eight digits.
 * Source: J. Kiefer, Proc. Am. Math. Soc. 4 (1953) 502–506.
 */
export function goldenSection(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let round = 0; round < 40; round += 1) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}
