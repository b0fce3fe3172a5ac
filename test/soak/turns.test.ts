import { expect, it } from "vitest";
import type { Flow } from "../../src/model/scenario.js";
import { Turns } from "../../src/soak/turns.js";

function flow(name: string, parts: Partial<Flow> = {}): Flow {
  return { name, weight: 1, steps: [], ...parts };
}

const variant = (of: string, ending: string): Partial<Flow> => ({ variant: { of, levels: { ending } } });

it.each<[string, Flow[], string[], string]>([
  ["all in turn where nobody is suspected", [flow("a"), flow("b"), flow("c")], [], "a b c a b c a"],
  ["one alone", [flow("a")], ["a"], "a a a a a a a"],
  [
    "the suspects each round, and one of the others",
    [flow("a"), flow("b"), flow("c")],
    ["b"],
    "b a b c b a b",
  ],
  ["suspects only, where all are", [flow("a"), flow("b")], ["a", "b"], "a b a b a b a"],
  ["no flow without weight", [flow("a"), flow("held", { weight: 0 })], ["held"], "a a a a a a a"],
  ["suspects that are none as if there were none", [flow("a"), flow("b")], ["z"], "a b a b a b a"],
  [
    "all variants of a level",
    [
      flow("a/fin", variant("a", "fin")),
      flow("b/fin", variant("b", "fin")),
      flow("a/rst", variant("a", "rst")),
    ],
    ["a ending=fin"],
    "a/fin b/fin a/fin a/rst a/fin b/fin a/fin",
  ],
])("takes %s", (...[, flows, suspects, order]) => {
  const turns = new Turns(flows, suspects);
  expect(Array.from({ length: 7 }, () => turns.next()?.name).join(" ")).toBe(order);
});

it("counts its rounds", () => {
  const turns = new Turns([flow("a"), flow("b"), flow("c"), flow("d")], ["a", "b"]);
  const rounds = Array.from({ length: 7 }, () => (turns.next(), turns.rounds));
  expect(rounds).toEqual([0, 0, 1, 1, 1, 2, 2]);
});

it("has nothing to take of no flows", () => {
  expect(new Turns([flow("held", { weight: 0 })], []).next()).toBeUndefined();
});
