import type { Tails } from "./tails.js";

/** One side of a distribution, and how much is wanted there, between 0 and 1. */
export interface WantedTail {
  readonly side: keyof Tails;
  readonly probability: number;
}

/**
 * Where a distribution has a wanted tail. The search is on logarithms, so tails of 1e-200 are found
 * with all their digits.
 * Source: T. R. Chandrupatla, Adv. Eng. Softw. 28 (1997) 145–149.
 * @param tailsAt continuous in u, `below` rising from 0 to 1
 */
export function tailRoot(tailsAt: (u: number) => Tails, wanted: WantedTail, start: number): number {
  const sign = wanted.side === "below" ? 1 : -1;
  const goal = Math.log(wanted.probability);
  const miss = (u: number): number => sign * (Math.log(tailsAt(u)[wanted.side]) - goal);
  const first = miss(start);
  if (first === 0) return start;
  const direction = first < 0 ? 1 : -1;
  let near = start;
  let far = start + direction / 8;
  for (let step = 0.25; Math.sign(miss(far)) === -direction; step *= 2) {
    near = far;
    far += direction * step;
  }
  return rootBetween(miss, near, far);
}

/** The root of a function that has different signs at the two ends. */
function rootBetween(f: (u: number) => number, start: number, end: number): number {
  let [a, b, c] = [start, end, end];
  let [fa, fb, fc] = [f(a), f(b), f(b)];
  let share = 0.5;
  for (let round = 0; round < 200; round += 1) {
    const u = a + share * (b - a);
    const fu = f(u);
    if (Math.sign(fu) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, b, fc, fb] = [b, a, fb, fa];
    [a, fa] = [u, fu];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const edge = (Number.EPSILON * (Math.abs(best) + 1)) / Math.abs(b - a);
    if (edge > 0.5 || fa === 0) return best;
    share = Math.min(1 - edge, Math.max(edge, nextShare([a, b, c], [fa, fb, fc])));
  }
  return a;
}

type Three = readonly [number, number, number];

/** Inverse quadratic interpolation where it is safe, else the middle. */
function nextShare([a, b, c]: Three, [fa, fb, fc]: Three): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  const safe = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
  if (!safe) return 0.5;
  const share =
    (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
  return Number.isFinite(share) ? share : 0.5;
}
