/** The two sides of a distribution: what lies below a value, and what lies above. They sum to 1. */
export interface Tails {
  readonly below: number;
  readonly above: number;
}
