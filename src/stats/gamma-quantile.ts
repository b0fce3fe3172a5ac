import { incompleteGamma } from "./incomplete-gamma.js";
import { tailRoot, type WantedTail } from "./tail-root.js";
import { largeShape, wilsonHilferty } from "./wilson-hilferty.js";

/**
 * The value at which a gamma distribution of scale 1 has the wanted tail.
 * @param shape above 0
 * @param wanted how much is to lie below, or above, the value
 * @throws RangeError for a shape that is not above 0.
 */
export function gammaQuantile(shape: number, wanted: WantedTail): number {
  if (!(shape > 0)) throw new RangeError(`shape ${shape} is not above 0`);
  if (shape >= largeShape) return wilsonHilferty(shape, wanted);
  return Math.exp(tailRoot((u) => incompleteGamma(shape, Math.exp(u)), wanted, Math.log(shape)));
}
