/**
 * What came at each level after the first, and was never given back.
 * @param end what was held in the end
 */
export function stayed(levels: readonly number[], end: number): number[] {
  let least = end;
  const floors = levels.toReversed().map((level) => (least = Math.min(least, level)));
  floors.reverse();
  return floors.slice(1).map((floor, index) => floor - (floors[index] ?? 0));
}
