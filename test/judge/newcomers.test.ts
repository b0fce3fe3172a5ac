import { expect, it } from "vitest";
import { boundBySurvivors } from "../../src/judge/watch/newcomers.js";
import type { Life } from "../../src/judge/watch/lives.js";
import { watchedView } from "../../src/judge/watch/watched-view.js";
import { viewOf } from "../../src/judge/run-view.js";
import { randomOf } from "../long/calibrate/random.js";
import { simulate } from "../long/watch/simulate.js";

const seconds = 1800;
const plan = {
  forSeconds: seconds,
  everySeconds: 300,
  ageSeconds: 1,
  most: 1,
  rate: () => 0,
  duration: () => 1,
};
const { record } = simulate({ plan: () => plan }, ["bound"]);
const view = watchedView(viewOf(record));
const look = view.batches[0];

function bornAt(operations: number): Life<null> {
  if (!look) throw new Error("a look, please");
  return { key: `${operations}`, kind: "", item: null, born: { ...look, operations }, lastSeen: look };
}

it("with none left bounds the rate by what few would have shown", () => {
  expect(boundBySurvivors(view, [], 0.995)).toBeCloseTo(-Math.log(0.0025) / view.span, 9);
});

it("is worse the earlier they came", () => {
  const bounds = [100, 900, 1700].map((at) => boundBySurvivors(view, [bornAt(at)], 0.995));
  expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
});

it("is below the rate of a leak in one run of 200 at most", () => {
  const random = randomOf(["bound"]);
  const runs = 4000;
  for (const perRun of [1, 6, 30]) {
    let below = 0;
    for (let run = 0; run < runs; run++) {
      const births: number[] = [];
      for (let at = 0; ; ) {
        at -= (seconds / perRun) * Math.log(1 - random.uniform());
        if (at > seconds) break;
        births.push(at);
      }
      if (boundBySurvivors(view, births.map(bornAt), 0.995) < perRun / seconds) below++;
    }
    expect(below).toBeLessThan(0.005 * runs + 3.1 * Math.sqrt(0.005 * runs));
  }
});
