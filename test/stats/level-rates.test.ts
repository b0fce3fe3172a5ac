import { expect, it } from "vitest";
import { Design } from "../../src/drive/design.js";
import { seeded } from "../../src/drive/random.js";
import { levelRates } from "../../src/stats/level-rates.js";

function run({ seed, walks, bytes }: { seed: number; walks: boolean; bytes: readonly number[] }) {
  const random = seeded(seed * 104_729);
  const noise = (): number => 50_000 * (random() + random() + random() - 1.5);
  const design = new Design([{ weight: 1 }, { weight: 1 }, { weight: 1 }], seed);
  const exposures = [[0], [0], [0]];
  const levels = [1e7 + noise()];
  let held = 1e7;
  for (let batch = 1; batch <= 20; batch++) {
    for (const [flow, count] of design.counts(batch, 30).entries()) {
      exposures[flow]?.push((exposures[flow]?.at(-1) ?? 0) + count);
      held += count * (bytes[flow] ?? 0);
    }
    if (walks) held += noise();
    levels.push(walks ? held : held + noise());
  }
  return levelRates(levels, exposures);
}

it.each([{ walks: false }, { walks: true }])(
  "tells who adds to a level, noise that walks: $walks",
  ({ walks }) => {
    const bytes = [20_000, 0, 5000];
    let held = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const rates = run({ seed, walks, bytes });
      expect(rates?.[0]?.quantile(0.001)).toBeGreaterThan(0);
      for (const [flow, truth] of bytes.entries()) {
        const [low, high] = [0.025, 0.975].map((p) => rates?.[flow]?.quantile(p) ?? 0);
        if ((low ?? 0) <= truth && truth <= (high ?? 0)) held++;
      }
    }
    expect(held / 180).toBeGreaterThan(0.9);
  },
);

it("tells nothing of too few levels, or of sources that go together", () => {
  expect(levelRates([1, 2, 3], [[0, 1, 2]])).toBeUndefined();
  const same = [0, 1, 2, 3, 4, 5];
  expect(levelRates(same, [same, same])).toBeUndefined();
});
