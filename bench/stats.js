// Rows of the statistics: what ten times the points cost, past the sizes where every pair is looked at.
import { changePoints } from "../dist/stats/change-points.js";
import { exponentialDecay } from "../dist/stats/exponential-decay.js";
import { kendallTau } from "../dist/stats/kendall-tau.js";
import { mannKendall } from "../dist/stats/mann-kendall.js";
import { meanVariance } from "../dist/stats/mean-variance.js";
import { Design } from "../dist/drive/design.js";
import { SourceRates } from "../dist/stats/source-rates.js";
import { theilSen } from "../dist/stats/theil-sen.js";

const points = 8640;
const values = (points) => points.map(({ y }) => y);

// n log n: at this size ten times the points are 12.5 times the steps.
const works = {
  "Theil–Sen line": { limit: 12, run: (points) => theilSen(points) },
  "Mann–Kendall test": { limit: 15, run: (points) => mannKendall(values(points)) },
  "Kendall's tau": { limit: 15, run: (points) => kendallTau(points) },
  "change points": { limit: 12, run: (points) => changePoints(values(points)) },
  "variance of a mean": { limit: 15, run: (points) => meanVariance(values(points)) },
  "exponential decay": { limit: 12, run: (points) => exponentialDecay(points) },
};

/** A slope with noise that repeats. */
function series(count) {
  let state = 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, (_, x) => ({ x, y: x / count + next() + next() }));
}

/** Processor time, so that whatever else runs on the machine does not count. */
function leastWork(work, points) {
  const times = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    work(points);
    return process.cpuUsage(before).user;
  });
  return Math.min(...times);
}

/** Milliseconds to solve for the leaks of twelve flows, with their intervals. */
function flowsMs(batches) {
  const flows = Array.from({ length: 12 }, () => ({ weight: 1 }));
  const design = new Design(flows, 1);
  const rows = Array.from({ length: batches }, (_, index) => design.counts(index + 1, 60));
  const exposures = flows.map((_, flow) => rows.map((counts) => counts[flow]));
  const none = flows.map(() => rows.map(() => 0));
  const alone = flows.map(() => ({ exposure: 0, units: 0 }));
  const since = process.cpuUsage();
  const rates = new SourceRates({ exposures, mixed: exposures[3], known: none, alone });
  for (const flow of flows.keys()) rates.interval(flow, 0.025);
  return process.cpuUsage(since).user / 1000;
}

export async function statsRows() {
  const [few, many] = [series(points), series(10 * points)];
  const solved = Math.min(...[1, 2, 3].map(() => flowsMs(1000)));
  const flowsRow = {
    work: "leaks of 12 flows from 1000 batches, with intervals",
    value: solved,
    limit: 500,
    unit: " ms",
  };
  const rows = Object.entries(works).map(([name, { limit, run }]) => {
    leastWork(run, few);
    const value = leastWork(run, many) / leastWork(run, few);
    return { work: `${name}: ten times ${points} points`, value, limit, unit: "×" };
  });
  return [...rows, flowsRow];
}
