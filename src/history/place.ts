/** Where something began, among nights that are counted from 0. */
export interface Place {
  /** The likeliest first night of it. */
  readonly first: number;
  /** It began no earlier than this night … */
  readonly earliest: number;
  /** … and no later than this one. */
  readonly latest: number;
}

/** Splits that are less likely than the best by more than this factor are out: 1 in 20. */
const spread = Math.log(20);

/**
 * The likeliest first night of what comes after a change, and how sure that is: all splits that are not much less
 * likely than the best (a likelihood interval: A. W. F. Edwards, Likelihood, 1972). Of splits that are as likely, it is
 * the last: the first night that shows it.
 * @param costs what each night costs, in units of log-likelihood, before the change and after it; at least two
 */
export function placeOf(costs: readonly { readonly before: number; readonly after: number }[]): Place {
  const totals: number[] = [];
  let total = 0;
  // That of the split at 0 is the zero: only differences count.
  for (const { before, after } of costs.slice(0, -1)) {
    total += before - after;
    totals.push(total);
  }
  const least = Math.min(...totals);
  const within = (most: number): number[] =>
    totals.flatMap((each, index) => (each <= most ? [index + 1] : []));
  const near = within(least + spread);
  return {
    first: within(least + 1e-9).at(-1) ?? 1,
    earliest: near[0] ?? 1,
    latest: near.at(-1) ?? 1,
  };
}

/** The same, counted from another night. */
export function shifted({ first, earliest, latest }: Place, by: number): Place {
  return { first: first + by, earliest: earliest + by, latest: latest + by };
}
