import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Design } from "../../src/drive/design.js";
import { type Random, seeded } from "../../src/drive/random.js";
import { poissonInterval } from "../../src/stats/poisson-interval.js";
import { type Exposed, SourceRates } from "../../src/stats/source-rates.js";

interface Plan {
  readonly flows: number;
  readonly batches: number;
  readonly size: number;
  /** Of the first flows; the others leave nothing. */
  readonly rates: readonly number[];
  /** Units that come at once. */
  readonly clump?: number;
  /** The chance that it is known whose a unit is, by flow. */
  readonly known?: readonly number[];
}

/** A run of flows that leave something by chance. */
function simulate({ flows, batches, size, rates, clump = 1, known = [] }: Plan, seed: number): Exposed {
  const random = seeded(seed * 7919);
  const design = new Design(
    Array.from({ length: flows }, () => ({ weight: 1 })),
    seed,
  );
  const rows = Array.from({ length: batches }, (_, index) => design.counts(index + 1, size));
  const mixed = rows.map(() => 0);
  const knownOf = Array.from({ length: flows }, () => rows.map(() => 0));
  for (const [row, counts] of rows.entries()) {
    for (const [flow, count] of counts.entries()) {
      const left = clump * eventsOf(count, rates[flow] ?? 0, random);
      const column = random() < (known[flow] ?? 0) ? knownOf[flow] : mixed;
      if (column) column[row] = (column[row] ?? 0) + left;
    }
  }
  const exposures = knownOf.map((_, flow) => rows.map((counts) => counts[flow] ?? 0));
  return { exposures, mixed, known: knownOf, alone: exposures.map(() => ({ exposure: 0, units: 0 })) };
}

function eventsOf(count: number, rate: number, random: Random): number {
  return Array.from({ length: count }, () => random() < rate).filter(Boolean).length;
}

const tail = 0.001;

/** Over many runs: how often the guilty were found, others were accused, and intervals held the truth. */
function tally(plan: Plan, runs: number) {
  const counts = { found: 0, wrong: 0, held: 0, intervals: 0 };
  for (let seed = 1; seed <= runs; seed++) {
    const rates = new SourceRates(simulate(plan, seed));
    const top = Math.max(...Array.from({ length: plan.flows }, (_, flow) => rates.rate(flow)));
    for (let flow = 0; flow < plan.flows; flow++) {
      const truth = (plan.rates[flow] ?? 0) * (plan.clump ?? 1);
      const { low, high } = rates.interval(flow, 0.025);
      counts.intervals++;
      if (low <= truth + 1e-9 && truth <= high) counts.held++;
      if (rates.isAbove(flow, 0.05 * top, tail / plan.flows)) counts[truth > 0 ? "found" : "wrong"]++;
    }
  }
  return counts;
}

describe("rates of the flows of a mix", () => {
  it.each<Plan & { runs: number; found: number }>([
    { flows: 2, batches: 10, size: 30, rates: [0.2], runs: 60, found: 54 },
    { flows: 6, batches: 24, size: 80, rates: [0.2], runs: 40, found: 40 },
    { flows: 6, batches: 12, size: 60, rates: [1], runs: 40, found: 40 },
    { flows: 6, batches: 24, size: 80, rates: [0.2, 0.2], clump: 3, runs: 40, found: 40 },
    { flows: 6, batches: 6, size: 25, rates: [0.4], runs: 40, found: 0 },
    { flows: 4, batches: 16, size: 40, rates: [0.3, 0.3, 0.3, 0.3], runs: 40, found: 20 },
    { flows: 6, batches: 20, size: 60, rates: [0.3, 0.3], known: [1, 0.4], runs: 30, found: 45 },
    { flows: 12, batches: 24, size: 60, rates: [1], runs: 12, found: 12 },
  ])("$flows flows, $batches batches of $size, $rates of them: found, and no other", (plan) => {
    const { found, wrong, held, intervals } = tally(plan, plan.runs);
    expect(wrong).toBe(0);
    expect(found).toBeGreaterThanOrEqual(plan.found);
    expect(held / intervals).toBeGreaterThanOrEqual(0.93);
  });

  it("have the exact interval's length where everything is known", () => {
    const plan = { flows: 3, batches: 12, size: 60, rates: [0.2, 0.1], known: [1, 1, 1] };
    const data = simulate(plan, 4);
    const rates = new SourceRates(data);
    const sum = (of: ArrayLike<number> | undefined): number =>
      Array.from(of ?? []).reduce((a, b) => a + b, 0);
    for (const flow of [0, 1]) {
      const [units, exposure] = [sum(data.known[flow]), sum(data.exposures[flow])];
      const exact = poissonInterval(units);
      const { low, high } = rates.interval(flow, 0.025);
      expect(rates.rate(flow)).toBeCloseTo(units / exposure, 4);
      expect((high - low) / ((exact.high - exact.low) / exposure)).toBeGreaterThan(0.85);
      expect((high - low) / ((exact.high - exact.low) / exposure)).toBeLessThan(1.05);
    }
    expect(rates.rate(2)).toBe(0);
    // Twice the log likelihood falls by 3.84 where 1.92 units would have been expected.
    expect(rates.interval(2, 0.025).high * sum(data.exposures[2])).toBeCloseTo(1.92, 1);
  });

  it("take a scatter for what it is", () => {
    const clumps = new SourceRates(simulate({ flows: 3, batches: 40, size: 60, rates: [0.1], clump: 5 }, 1));
    const singles = new SourceRates(simulate({ flows: 3, batches: 40, size: 60, rates: [0.1] }, 1));
    const alike = new SourceRates(simulate({ flows: 3, batches: 40, size: 60, rates: [1] }, 1));
    expect(clumps.dispersion).toBeGreaterThan(1.8);
    expect(singles.dispersion).toBe(1);
    expect(alike.dispersion).toBeLessThan(0.1);
  });

  it("do not tell flows apart that always go together", () => {
    const exposures = [1, 2].map(() => [10, 10, 10, 10, 10, 10, 10, 10]);
    const mixed = [3, 2, 4, 3, 2, 3, 4, 2];
    const none = exposures.map(() => mixed.map(() => 0));
    const rates = new SourceRates({
      exposures,
      mixed,
      known: none,
      alone: exposures.map(() => ({ exposure: 0, units: 0 })),
    });
    for (const flow of [0, 1]) {
      expect(rates.isAbove(flow, 0.01, 0.05)).toBe(false);
      expect(rates.interval(flow, 0.025).low).toBe(0);
      expect(rates.interval(flow, 0.025).high).toBeGreaterThan(0.28);
    }
  });

  it("are within their intervals, and 0 or more, whatever came", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.tuple(counts, counts, counts, counts),
        fc.integer({ min: 0, max: 3 }),
        ([a, b, mixed, known], units) => {
          const rates = new SourceRates({
            exposures: [a.map((n) => n + 1), b.map((n) => n + 1)],
            mixed,
            known: [known, known.map(() => 0)],
            alone: [
              { exposure: 0, units: 0 },
              { exposure: 3, units },
            ],
          });
          for (const flow of [0, 1]) {
            const { low, high } = rates.interval(flow, 0.025);
            expect(low).toBeGreaterThanOrEqual(0);
            expect(low).toBeLessThanOrEqual(rates.rate(flow) + 1e-6);
            expect(high).toBeGreaterThanOrEqual(rates.rate(flow) - 1e-6);
            expect(high).toBeLessThan(1000);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
