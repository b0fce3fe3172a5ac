import type { Random } from "./random.js";

/** More of a flow, or less. */
export type Sign = 1 | -1;

/** After so many pairs of batches the signs begin anew. */
const cycle = 64;
const candidates = 64;
/** What is held to be known of each flow before the first pair: next to nothing. */
const prior = 0.05;

/**
 * Which flows have more in which pair of batches. Each pair tells most of what the pairs before tell least of
 * (sequential D-optimal design), so that any number of batches is used well, and of so many flows as there are.
 * Source: H. P. Wynn, Ann. Math. Stat. 41 (1970) 1655–1664; V. V. Fedorov, Theory of Optimal Experiments, 1972.
 */
export class Signs {
  readonly #weights: readonly number[];
  readonly #random: Random;
  readonly #pairs: (readonly Sign[])[] = [];
  /** What is not yet known: the inverse of what the pairs tell, by flow and flow. */
  readonly #open: number[][];

  constructor(weights: readonly number[], random: Random) {
    this.#weights = weights;
    this.#random = random;
    this.#open = weights.map((_, row) => weights.map((_, column) => (row === column ? 1 / prior : 0)));
  }

  /** @param pair 0, 1, 2 … */
  of(pair: number): readonly Sign[] {
    const wanted = pair % cycle;
    while (this.#pairs.length <= wanted) this.#pairs.push(this.#next());
    return this.#pairs[wanted] ?? [];
  }

  #next(): readonly Sign[] {
    let best: { readonly signs: readonly Sign[]; readonly gain: number } = { signs: [], gain: -1 };
    for (let tried = 0; tried < candidates; tried++) {
      const signs = this.#weights.map((): Sign => (this.#random() < 0.5 ? 1 : -1));
      const shifts = this.#shifts(signs);
      const gain = dot(shifts, this.#seen(shifts));
      if (gain > best.gain) best = { signs, gain };
    }
    this.#learn(this.#shifts(best.signs));
    return best.signs;
  }

  /** How far each flow is shifted, in units of its chance: what goes to one side is taken from the other. */
  #shifts(signs: readonly Sign[]): number[] {
    const side = (sign: Sign): number =>
      this.#weights.reduce((sum, weight, index) => sum + (signs[index] === sign ? weight : 0), 0);
    const [more, less] = [side(1), side(-1)];
    const moved = Math.min(more, less) / (more + less);
    return this.#weights.map((weight, index) => {
      const of = signs[index] === 1 ? more : less;
      return of > 0 ? ((signs[index] ?? 1) * moved * Math.sqrt(weight * (more + less))) / of : 0;
    });
  }

  #seen(shifts: readonly number[]): number[] {
    return this.#open.map((row) => dot(row, shifts));
  }

  /** Takes off what the pair tells (Sherman & Morrison, Ann. Math. Stat. 21 (1950) 124–127). */
  #learn(shifts: readonly number[]): void {
    const seen = this.#seen(shifts);
    const scale = 1 + dot(shifts, seen);
    for (const [row, values] of this.#open.entries()) {
      for (const [column, value] of values.entries()) {
        values[column] = value - ((seen[row] ?? 0) * (seen[column] ?? 0)) / scale;
      }
    }
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
