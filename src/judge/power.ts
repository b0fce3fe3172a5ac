export function detectableRate(operations: number, power: number): number {
  return operations > 0 ? -Math.log(1 - power) / operations : Number.POSITIVE_INFINITY;
}
