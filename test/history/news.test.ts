import { describe, expect, it } from "vitest";
import { newsOf } from "../../src/history/news.js";
import type { HistoryEntry } from "../../src/model/history.js";
import { renderNews } from "../../src/report/history/news-text.js";
import { commitOf, day, entry, nights, rate } from "./sample-nights.js";

/** What is told after the last night of these. */
function told(entries: readonly HistoryEntry[]): string[] {
  const last = entries
    .map(({ night }) => night)
    .toSorted()
    .at(-1);
  const news = newsOf(
    entries.filter(({ night }) => night !== last),
    entries,
  );
  return news.map(({ kind, criteria, night }) => `${kind} ${criteria.join("+")} ${night}`);
}

function quarantined(entries: readonly HistoryEntry[], from: number, to: number): HistoryEntry[] {
  const quarantine = { reason: "known", until: day(to) };
  return entries.map((each) =>
    each.night >= day(from) && each.night <= day(to) ? { ...each, quarantine } : each,
  );
}

describe("tonight it is told", () => {
  it.each([
    ["that a leak is new", nights("....F"), [`leak fds ${day(5)}`]],
    ["not that it still leaks", nights("...FF"), []],
    ["not that it still passes", nights("....."), []],
    ["that it is fixed", nights("..FFF."), [`fixed fds ${day(6)}`]],
    ["that it is fixed, also after nights that could not tell", nights("..FFF??."), [`fixed fds ${day(8)}`]],
    ["not that it could not tell", nights("..FFF?"), []],
    ["not that it leaks again after nights that could not tell", nights("..FFF?F"), []],
    ["that the first night leaks", nights("F"), [`leak fds ${day(1)}`]],
    ["not that the first night passes", nights("."), []],
    ["not what is in quarantine", quarantined(nights("...F"), 4, 9), []],
    ["that a quarantine has ended", quarantined(nights("...FFF"), 4, 5), [`leak fds ${day(4)}`]],
    ["that what was in quarantine is fixed", quarantined(nights("...FF."), 4, 5), [`fixed fds ${day(6)}`]],
    ["that what was told as fixed leaks again", nights("..FFF.F"), ["leak fds 2026-09-03"]],
  ])("%s", (_, entries, wanted) => expect(told(entries)).toEqual(wanted));

  it("that one more criterion leaks", () => {
    const entries = [1, 2, 3, 4, 5, 6].map((night) =>
      entry({
        night,
        criteria: { fds: { verdict: "fail" }, memory: { verdict: night === 6 ? "fail" : "pass" } },
      }),
    );
    expect(told(entries)).toEqual([`leak memory ${day(6)}`]);
  });

  it("that a leak has doubled, on the second night of it, and once", () => {
    const doubled = (length: number): HistoryEntry[] =>
      Array.from({ length }, (_, index) => {
        const value = (index >= 10 ? 0.2 : 0.1) + (index % 3) * 0.002;
        return entry({ night: index + 1, criteria: { fds: { verdict: "fail", rate: rate(value, 0.002) } } });
      });
    expect([11, 12, 13].map((length) => told(doubled(length)))).toEqual([[], [`leak fds ${day(11)}`], []]);
  });

  it("nothing of what has not run tonight", () => {
    const entries = [...nights("..F"), ...nights(".....").map((each) => ({ ...each, scenario: "other" }))];
    expect(told(entries)).toEqual([]);
  });
});

it("the text says what, since when and where, and is inert", () => {
  const news = newsOf(nights("..."), nights("...F"));
  const hostile = news.map((each) => ({
    ...each,
    findings: [{ criterion: "fds" as const, summary: "\u001b[31m" }],
  }));
  const other = {
    ...news[0]!,
    scenario: "other",
    kind: "fixed" as const,
    afterCommit: undefined,
    findings: [],
  };
  expect(renderNews([...hostile, other], { suite: "ours", night: day(4) })).toBe(
    [
      `watertight, ours, ${day(4)}: 1 new leak, 1 fixed`,
      `✗ gateway/churn leaks fds since ${day(4)} (${commitOf(3)}..${commitOf(4)})`,
      "   \\x1b[31m",
      `✓ gateway/other no longer leaks fds since ${day(4)} (?..${commitOf(4)})`,
    ].join("\n"),
  );
});
