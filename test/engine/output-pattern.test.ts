import { expect, test } from "vitest";
import { outputTally } from "../../src/engine/output-pattern.js";

const said = (stdout: string, stderr = "") => ({ stdout, stderr, report: undefined });

test("the last match counts", () => {
  const text = "10 done\n20 done\nbye\n";
  expect(outputTally("(?P<landed>\\d+) done", said(text))).toEqual({ landed: 20, failed: 0 });
});

test("failed ones are counted beside the landed ones", () => {
  const pattern = "(?<landed>\\d+) ok(, (?<failed>\\d+) bad)?";
  expect(outputTally(pattern, said("7 ok, 2 bad"))).toEqual({ landed: 7, failed: 2 });
  expect(outputTally(pattern, said("7 ok"))).toEqual({ landed: 7, failed: 0 });
});

test("stderr is read where stdout has no match", () => {
  expect(outputTally("(?P<landed>\\d+) done", said("done\n", "5 done"))).toEqual({ landed: 5, failed: 0 });
});

test("digits may stand in groups", () => {
  expect(outputTally("(?P<landed>[\\d,]+) done", said("1,234,567 done"))?.landed).toBe(1_234_567);
});

test("text that is no number counts nothing", () => {
  expect(outputTally("(?P<landed>\\S+) done", said("all done"))).toBeUndefined();
  expect(outputTally("(?P<landed>\\d+) done", said(""))).toBeUndefined();
});

test("a long text that an engine makes against the pattern is read in time", () => {
  expect(outputTally("(a+)+(?P<landed>\\d+)b", said("a".repeat(100_000)))).toBeUndefined();
});
