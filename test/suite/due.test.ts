import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fits, inTurn } from "../../src/suite/due.js";
import { expired, quarantineOf } from "../../src/suite/quarantine.js";
import type { Pair, Quarantine } from "../../src/suite/suite.js";
import { filledIn, unfit } from "../../src/suite/variables.js";

const pairs: Pair[] = ["a", "b", "c"].map((scenario) => ({ target: "t", scenario }));

describe("the order of a night", () => {
  const order = (last: Readonly<Record<string, number>>, repeats = 1): string =>
    inTurn(pairs, repeats, ({ scenario }) => last[scenario])
      .map(({ scenario, repeat }) => `${scenario}${repeat}`)
      .join(" ");

  it.each([
    ["of the suite, where none has run", {}, 1, "a1 b1 c1"],
    ["those that waited longest first", { a: 30, b: 10, c: 20 }, 1, "b1 c1 a1"],
    ["one that never ran before all others", { a: 30, b: 10 }, 1, "c1 b1 a1"],
    ["all once, then all again", { a: 1, b: 2, c: 3 }, 2, "a1 b1 c1 a2 b2 c2"],
  ])("is %s", (...[, last, repeats, wanted]) => expect(order(last, repeats)).toBe(wanted));

  it("leaves nothing out for ever, however small the budget", () => {
    const tookMs = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(tookMs, fc.integer({ min: 1, max: 120 }), (took, budgetMs) => {
        const all = took.map((_, index) => ({ target: "t", scenario: String(index) }));
        const last = new Map<string, number>();
        for (let night = 1; night <= all.length; night++) {
          let usedMs = 0;
          let ran = 0;
          for (const { scenario } of inTurn(all, 1, (pair) => last.get(pair.scenario))) {
            const nextMs = took[Number(scenario)] ?? 0;
            if (!fits({ budgetMs, usedMs, nextMs, isFirst: ran === 0 })) continue;
            usedMs += nextMs;
            ran++;
            last.set(scenario, night * 1000 + ran);
          }
          expect(ran === 1 || usedMs <= budgetMs).toBe(true);
        }
        expect(last.size).toBe(all.length);
      }),
    );
  });
});

describe("a quarantine", () => {
  const known: Quarantine = {
    target: undefined,
    scenario: "a",
    criteria: ["fds"],
    reason: "known",
    until: "2026-09-10",
  };
  const failed = { target: "t", scenario: "a", night: "2026-09-10", criteria: ["fds"] } as const;

  it("covers a fail of what it names, on its last day too", () => {
    expect(quarantineOf(failed, [known])).toEqual({ reason: "known", until: "2026-09-10" });
  });

  it.each([
    ["the day after", { night: "2026-09-11" }],
    ["another scenario", { scenario: "b" }],
    ["another criterion", { criteria: ["memory"] }],
    ["one criterion more", { criteria: ["fds", "memory"] }],
  ] as const)("does not cover %s", (_, other) => {
    expect(quarantineOf({ ...failed, ...other }, [known])).toBeUndefined();
  });

  it("of several, each covers its part; what is told is the one that ends first", () => {
    const other = { ...known, criteria: ["memory"] as const, until: "2026-09-20", reason: "other" };
    const both = quarantineOf({ ...failed, criteria: ["memory", "fds"] }, [other, known]);
    expect(both).toEqual({ reason: "known", until: "2026-09-10" });
  });

  it("that names no criteria covers all", () => {
    const all = { ...known, criteria: undefined };
    expect(quarantineOf({ ...failed, criteria: ["memory", "tasks"] }, [all])?.reason).toBe("known");
  });

  it("that has ended is told", () => {
    expect(expired([known], "2026-09-10")).toEqual([]);
    expect(expired([known], "2026-09-11")).toEqual([known]);
  });
});

describe("variables", () => {
  it("are filled in, and those that are not set are named", () => {
    expect(filledIn("https://${HOST}/${KEY}", { HOST: "h", KEY: "" })).toEqual({
      text: "https://h/",
      missing: ["KEY"],
    });
  });

  it.each([
    ["https://hooks.example.org/x", undefined],
    ["${HOOK}", undefined],
    ["ftp://example.org", "it is no http or https URL"],
    ["example.org", "it is no http or https URL"],
  ])("%s can be a webhook: %s", (url, why) => expect(unfit(url)).toBe(why));
});
