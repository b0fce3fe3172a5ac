import { apportion } from "./apportion.js";
import { shares } from "./mix.js";
import { seeded, type Random } from "./random.js";
import { type Sign, Signs } from "./signs.js";

interface Weighted {
  readonly weight: number;
}

/**
 * How far a flow's count may be from its share. A leak of one flow comes as unevenly as the flow does, and a judge
 * of few batches must not take that for chance: from 0.6 on, six batches would not show what each session leaves.
 */
const shift = 0.5;
/** Of a run that has got so far, more: what it shows of the flows goes with the square. */
const laterShift = 0.75;
const laterFromPair = 4;

/**
 * The mix of each batch, as a designed experiment: what a flow leaves is told from what the others leave by the
 * batches that have more of it. Batches come in pairs, of which the second has as much more of each flow as the
 * first has less: so the totals are the shares, early and late are alike, and no growth is made where there is none.
 */
export class Design {
  readonly #flows: readonly Weighted[];
  readonly #signs: Signs;

  constructor(flows: readonly Weighted[], seed: number) {
    this.#flows = flows;
    this.#signs = new Signs(
      flows.map(({ weight }) => weight),
      designRandom(seed),
    );
  }

  /**
   * Operations of each flow in one batch: the same for the same seed, number and size.
   * Where there are enough operations, each flow of any weight has one at least.
   * @param number of the batch; 0 is the warm-up, which keeps to the shares
   */
  counts(number: number, operations: number): number[] {
    const even = shares(this.#flows, operations);
    if (number === 0) return even;
    const pair = Math.floor((number - 1) / 2);
    const shifts = shiftsOf(even, this.#signs.of(pair), pair < laterFromPair ? shift : laterShift);
    const side = number % 2 === 1 ? 1 : -1;
    return even.map((count, index) => count + side * (shifts[index] ?? 0));
  }
}

/** Apart from the order of the flows within a batch. */
function designRandom(seed: number): Random {
  return seeded(seed ^ 0x0de51647);
}

/** What goes over from the flows of one sign to those of the other: whole numbers with the sum 0. */
function shiftsOf(even: readonly number[], signs: readonly Sign[], share: number): number[] {
  const rooms = even.map((count) => Math.min(share * count, Math.max(0, count - 1)));
  const roomOf = (sign: Sign): number =>
    rooms.reduce((sum, room, index) => sum + (signs[index] === sign ? room : 0), 0);
  const moved = Math.floor(Math.min(roomOf(1), roomOf(-1)));
  if (moved === 0) return even.map(() => 0);
  const part = (sign: Sign): number[] =>
    apportion(
      rooms.map((room, index) => (signs[index] === sign ? (moved * room) / roomOf(sign) : 0)),
      moved,
    );
  const [more, less] = [part(1), part(-1)];
  return even.map((_, index) => (more[index] ?? 0) - (less[index] ?? 0));
}
