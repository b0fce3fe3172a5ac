// The bars, and which of them a table of rows misses.

const percent = (share) => `${(100 * share).toFixed(share < 0.01 ? 2 : 1)}%`;

const bars = {
  falseFails: { most: () => 0.001, of: "cases" },
  missedAtDetectable: { most: () => 0.005, of: "cases" },
  wrong: { most: (batches) => (batches < 50 ? 0.01 : undefined), of: "cases" },
  clearUndecided: { most: (batches) => (batches < 50 ? undefined : batches < 100 ? 0.1 : 0.05), of: "clear" },
};
const words = {
  falseFails: "false fails",
  missedAtDetectable: "misses at the stated detectable rate",
  wrong: "wrong verdicts",
  clearUndecided: "inconclusive",
};

/**
 * Every bar that is missed: `{where, what, share, bar, byChance}`. `byChance` is true where the bar could hold
 * and this many cases show as much in more than one table of a thousand.
 */
export function missedBars(rows) {
  const wholes = [...pooled(rows), ...rows];
  return wholes.flatMap((row) => [...shareBars(row), ...coverageBars(row)]);
}

function shareBars(row) {
  const counted = { ...row, wrong: row.falseFails + row.missedAtDetectable };
  return Object.entries(bars).flatMap(([key, { most, of }]) => {
    const bar = most(row.batches);
    const [hits, cases] = [counted[key], row[of]];
    if (bar === undefined || cases === 0 || hits / cases <= bar) return [];
    return [
      told(row, { what: words[key], share: hits / cases, bar, byChance: atLeast(hits, cases, bar) > 0.001 }),
    ];
  });
}

/** Intervals called 95%: 93 to 97% by shape; where nothing is random, more is no fault. */
function coverageBars(row) {
  if (row.bounded === 0 || row.pool) return [];
  const missed = row.below + row.above;
  const share = 1 - missed / row.bounded;
  if (share < 0.93) {
    const byChance = atLeast(missed, row.bounded, 0.07) > 0.001;
    return [told(row, { what: "coverage", share, bar: 0.93, byChance })];
  }
  if (share <= 0.97 || row.exact) return [];
  const byChance = 1 - atLeast(missed + 1, row.bounded, 0.03) > 0.001;
  return [told(row, { what: "coverage", share, bar: 0.97, byChance })];
}

function told(row, { what, share, bar, byChance }) {
  return { where: `${row.shape} at ${row.batches} batches`, what, share, bar, byChance };
}

/** All shapes of a group and a label together: what a single shape hides in chance shows here. */
export function pooled(rows) {
  const keys = [...new Set(rows.map(({ group, label, batches }) => `${group} ${label} ${batches}`))];
  return keys.map((key) => {
    const of = rows.filter(({ group, label, batches }) => `${group} ${label} ${batches}` === key);
    const sum = (name) => of.reduce((total, row) => total + row[name], 0);
    const sums = [
      "cases",
      "falseFails",
      "missed",
      "missedAtDetectable",
      "undecided",
      "clear",
      "clearUndecided",
    ];
    const { group, label, batches } = of[0];
    return {
      shape: `all ${group} ${label === "leak" ? "leaks" : "stable shapes"}`,
      pool: true,
      group,
      label,
      batches,
      ...Object.fromEntries([...sums, "bounded", "below", "above"].map((name) => [name, sum(name)])),
    };
  });
}

export function barLine({ where, what, share, bar, byChance }) {
  return `${where}: ${what} ${percent(share)}, bar ${percent(bar)}${byChance ? " (within chance)" : ""}`;
}

/** Chance of `hits` or more among `cases` at chance `p` each (binomial, summed from below). */
export function atLeast(hits, cases, p) {
  let term = (1 - p) ** cases;
  let below = 0;
  for (let k = 0; k < hits; k++) {
    below += term;
    term *= ((cases - k) / (k + 1)) * (p / (1 - p));
  }
  return Math.max(0, 1 - below);
}
