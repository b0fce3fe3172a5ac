import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryEntry, TrendRow } from "../../src/model/history.js";
import { trendOf } from "../../src/history/trend.js";
import { commitOf, day, entry, nights, rate } from "./sample-nights.js";

function rowOf(entries: readonly HistoryEntry[]): TrendRow {
  const [row, ...others] = trendOf(entries);
  if (!row || others.length > 0) throw new Error("not one row");
  return row;
}

/** `leak 20 c019..c020` */
function changesIn(row: TrendRow): string[] {
  return row.changes.map(({ kind, night, afterCommit, upToCommit, criteria }) => {
    const number = (Date.parse(night) - Date.parse(day(1))) / 86_400_000 + 1;
    return `${kind} ${number} ${afterCommit}..${upToCommit} ${criteria.join("+")}`;
  });
}

const leakOn20FixedOn27 = `${".".repeat(19)}${"F".repeat(7)}${".".repeat(4)}`;

describe("a leak that comes and goes", () => {
  it("names both nights and both ranges of commits", () => {
    const row = rowOf(nights(leakOn20FixedOn27));
    expect(changesIn(row)).toEqual(["leak 20 c019..c020 fds", "fix 27 c026..c027 fds"]);
    expect(row.state).toBe("ok");
    expect(row.since).toEqual({ night: day(27), afterCommit: commitOf(26), upToCommit: commitOf(27) });
  });

  it.each([
    { until: 20, state: "new", since: 20 },
    { until: 21, state: "still", since: 20 },
    { until: 26, state: "still", since: 20 },
    { until: 27, state: "fixed", since: 27 },
    { until: 28, state: "ok", since: 27 },
  ] as const)("seen on night $until it is $state", ({ until, state, since }) => {
    const row = rowOf(nights(leakOn20FixedOn27.slice(0, until)));
    expect(row).toMatchObject({ state, since: { night: day(since) } });
  });

  it("is of no night where it was always so", () => {
    expect(rowOf(nights("FFFF"))).toMatchObject({ state: "still", since: undefined, changes: [] });
    expect(rowOf(nights("...."))).toMatchObject({ state: "ok", since: undefined, changes: [] });
    expect(rowOf(nights("F"))).toMatchObject({ state: "still", since: undefined, changes: [] });
  });

  it("is named in the range that is known, where nights are missing", () => {
    const gaps = `${".".repeat(17)}--F${"F".repeat(4)}--${".".repeat(4)}`;
    expect(changesIn(rowOf(nights(gaps)))).toEqual(["leak 20 c017..c020 fds", "fix 27 c024..c027 fds"]);
  });

  it("is named in the range that is known, where nights are inconclusive", () => {
    const row = rowOf(nights(".....??FF??FF??.."));
    expect(changesIn(row)).toEqual(["leak 8 c005..c008 fds", "fix 16 c013..c016 fds"]);
  });

  it("where a commit is not known, the range is wider and still true", () => {
    const entries = nights(leakOn20FixedOn27).map((each) =>
      [day(19), day(20), day(18)].includes(each.night) ? { ...each, commit: undefined } : each,
    );
    expect(changesIn(rowOf(entries))[0]).toBe("leak 20 c017..c021 fds");
    const none = nights("..FF").map((each) => ({ ...each, commit: undefined }));
    expect(rowOf(none).since).toEqual({ night: day(3), afterCommit: undefined, upToCommit: undefined });
  });
});

describe("what is no change", () => {
  it.each([
    ["one odd night that fails", "..........F........."],
    ["one odd night of two repeats", ".. .. .. .. FF .. .. .. .."],
    ["one odd night that passes", "FFFFFFFFFF.FFFFFFFF"],
    ["the first night", "F........."],
    ["verdicts that flap", "F.F..FF.F.F..F.FF.F.F.F"],
    ["repeats that disagree each night", "F. F. .F F. F. .F"],
    ["nights without a verdict", "..??..?....???..."],
    ["a fail in one of two repeats", ".. .. .. F. .. .. .. .."],
  ])("%s", (_, text) => expect(rowOf(nights(text)).changes).toEqual([]));

  it("but two nights are one", () => {
    expect(changesIn(rowOf(nights("..........FF........")))).toEqual([
      "leak 11 c010..c011 fds",
      "fix 13 c012..c013 fds",
    ]);
  });
});

describe("tonight", () => {
  it.each([
    ["a fail is new at once, though the next night may take it back", ".........F", "new"],
    ["also where only one of two repeats shows it", ".. .. .. .. F.", "new"],
    ["a pass is a fix at once", "FFFFFFF.", "fixed"],
    ["no verdict after passes", ".......?", "unclear"],
    ["no verdict after fails", "FFFFFFF?", "unclear"],
    ["a pass of a leak that shows now and then", "...F.F..F.F.FF.F.F.", "unclear"],
  ])("%s", (_, text, state) => expect(rowOf(nights(text)).state).toBe(state));

  it("a leak that shows now and then has begun somewhere, and the range says how surely", () => {
    const [change] = rowOf(nights("................F.F.F..FF.F.F")).changes;
    expect(change).toMatchObject({ kind: "leak", night: day(17), upToCommit: commitOf(17) });
    expect(change?.afterCommit).toMatch(/c01[2-6]/);
  });

  it("a fail in quarantine is told as that, and its row goes on", () => {
    const quarantine = { reason: "known", until: "2027-01-31" };
    const entries = nights("...FF").map((each) => ({ ...each, quarantine }));
    const row = rowOf(entries);
    expect(row.state).toBe("quarantined");
    expect(row.since?.night).toBe(day(4));
    expect(row.nights.map((each) => each.quarantine)).toEqual([
      undefined,
      undefined,
      undefined,
      quarantine,
      quarantine,
    ]);
  });

  it("a run that broke is no pass", () => {
    const broke = entry({ night: 4, criteria: {}, more: { verdict: "broke" } });
    const row = rowOf([...nights("..."), broke]);
    expect([row.state, row.nights.at(-1)?.verdict, row.changes]).toEqual(["unclear", "broke", []]);
  });
});

describe("several criteria", () => {
  it("that begin on the same night are one change", () => {
    const both = [1, 2, 3, 4, 5, 6].map((night) => {
      const verdict = night < 4 ? "pass" : "fail";
      return entry({ night, criteria: { fds: { verdict }, memory: { verdict } } });
    });
    expect(changesIn(rowOf(both))).toEqual(["leak 4 c003..c004 fds+memory"]);
  });

  it("of which one was undecided on that night are one, too", () => {
    const judged = [1, 2, 3, 4, 5, 6].map((night) => {
      const verdict = night < 4 ? "pass" : "fail";
      return entry({
        night,
        criteria: { fds: { verdict }, memory: { verdict: night === 4 ? "inconclusive" : verdict } },
      });
    });
    expect(changesIn(rowOf(judged))).toEqual(["leak 4 c003..c004 fds+memory"]);
  });

  it("that begin one after the other are two, and the row leaks since the first", () => {
    const judged = [1, 2, 3, 4, 5, 6, 7].map((night) =>
      entry({
        night,
        criteria: {
          fds: { verdict: night < 3 ? "pass" : "fail" },
          memory: { verdict: night < 6 ? "pass" : "fail" },
        },
      }),
    );
    const row = rowOf(judged);
    expect(changesIn(row)).toEqual(["leak 3 c002..c003 fds", "leak 6 c005..c006 memory"]);
    expect(row).toMatchObject({ state: "still", since: { night: day(3) } });
  });
});

describe("rates", () => {
  /** Noise that is the same each time. */
  const wobble = (night: number): number => [0.6, -1, 0.2, 1.1, -0.4, -0.9, 0.8, 0.1][night % 8] ?? 0;

  it("place a leak among nights that could not tell", () => {
    const judged = Array.from({ length: 20 }, (_, index) => {
      const night = index + 1;
      const leaks = night >= 9;
      const verdict = night > 6 && night < 12 ? "inconclusive" : leaks ? "fail" : "pass";
      const value = (leaks ? 0.1 : 0) + 0.005 * wobble(night);
      return entry({ night, criteria: { fds: { verdict, rate: rate(value, 0.005) } } });
    });
    expect(changesIn(rowOf(judged))).toEqual(["leak 9 c008..c009 fds"]);
  });

  it("that double on top of a leak are a leak that came, and went", () => {
    const judged = Array.from({ length: 30 }, (_, index) => {
      const night = index + 1;
      const value = (night >= 20 && night < 27 ? 0.1 : 0.05) + 0.004 * wobble(night);
      return entry({ night, criteria: { fds: { verdict: "fail", rate: rate(value, 0.004) } } });
    });
    const row = rowOf(judged);
    expect(changesIn(row)).toEqual(["leak 20 c019..c020 fds", "fix 27 c026..c027 fds"]);
    expect(row).toMatchObject({ state: "still", since: undefined });
  });

  it("that only wobble are no change", () => {
    const judged = Array.from({ length: 60 }, (_, index) =>
      entry({
        night: index + 1,
        criteria: { fds: { verdict: "fail", rate: rate(0.05 + 0.01 * wobble(index), 0.01) } },
      }),
    );
    expect(rowOf(judged).changes).toEqual([]);
  });

  it("of the repeats are one, of less width", () => {
    const judged = [1, 2].map((repeat) =>
      entry({ night: 1, repeat, criteria: { fds: { verdict: "fail", rate: rate(repeat, 0.1) } } }),
    );
    const [curve] = rowOf(judged).curves;
    expect(curve?.rates[0]?.rate).toBeCloseTo(1.5);
    expect((curve?.rates[0]?.high ?? 0) - 1.5).toBeCloseTo((1.96 * 0.1) / Math.SQRT2);
  });
});

it("rows come in the order of target and scenario, nights from old to new, whatever the order of the entries", () => {
  const entries = [
    ...nights("..").map((each) => ({ ...each, target: "b" })),
    ...nights("FF").map((each) => ({ ...each, scenario: "a" })),
    ...nights(".F"),
  ];
  const rows = trendOf(entries);
  expect(rows.map(({ target, scenario }) => `${target}/${scenario}`)).toEqual([
    "b/churn",
    "gateway/a",
    "gateway/churn",
  ]);
  expect(trendOf(entries.toReversed())).toEqual(rows);
});

it("an empty history has no rows", () => expect(trendOf([])).toEqual([]));

describe("of any history", () => {
  it("a leak of two nights or more between clean ones is named to the night", () => {
    const spans = fc.tuple(
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 2, max: 40 }),
    );
    fc.assert(
      fc.property(spans, fc.boolean(), ([before, during, after], isTwice) => {
        const [clean, leaks] = isTwice ? [".. ", "FF "] : [".", "F"];
        const text = clean.repeat(before) + leaks.repeat(during) + clean.repeat(after);
        const [leak, fix] = [before + 1, before + during + 1];
        expect(changesIn(rowOf(nights(text)))).toEqual([
          `leak ${leak} ${commitOf(leak - 1)}..${commitOf(leak)} fds`,
          `fix ${fix} ${commitOf(fix - 1)}..${commitOf(fix)} fds`,
        ]);
      }),
    );
  });

  it("the changes of one criterion take turns, lie in order, and no range is empty", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(".", ".", "F", "?", "-"), { minLength: 1, maxLength: 60 }),
        (letters) => {
          const entries = nights(letters.join(""));
          if (entries.length === 0) return;
          const row = rowOf(entries);
          row.changes.forEach((change, index) => {
            const next = row.changes[index + 1];
            if (next) expect([next.kind !== change.kind, next.night > change.night]).toEqual([true, true]);
            expect((change.afterCommit ?? "") < (change.upToCommit ?? "")).toBe(true);
            expect(row.nights.some(({ night }) => night === change.night)).toBe(true);
          });
        },
      ),
    );
  });

  it("an odd night more makes no change of a history that has none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 60 }), fc.nat(), fc.constantFrom("F", "?"), (length, at, odd) => {
        const letters = Array.from({ length }, () => ".");
        letters[at % (length - 1)] = odd;
        expect(rowOf(nights(letters.join(""))).changes).toEqual([]);
      }),
    );
  });
});
