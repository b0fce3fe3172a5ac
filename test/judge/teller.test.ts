import { expect, test } from "vitest";
import { tellerOf } from "../../src/judge/teller.js";
import type { ProbeSample } from "../../src/model/snapshot.js";

const sample = (probe: string, tasks?: number): ProbeSample => ({ probe, tasks, gaps: [] });
const told = (...samples: ProbeSample[]): string | undefined =>
  tellerOf(samples, ({ tasks }) => tasks)?.probe;

test.each([
  [["prometheus", "jvm", "go", "node", "threads"], "node"],
  [["threads", "prometheus", "jvm", "go"], "go"],
  [["threads", "prometheus", "jvm", "queue"], "jvm"],
  [["threads", "prometheus"], "prometheus"],
  [["threads"], "threads"],
  [[], undefined],
])("of %j the one that sees most is %s", (names, best) => {
  expect(told(...names.map((name) => sample(name, 1)))).toBe(best);
});

test("one that tells nothing is passed over", () => {
  expect(told(sample("node"), sample("jvm", Number.NaN), sample("prometheus", 3))).toBe("prometheus");
});
