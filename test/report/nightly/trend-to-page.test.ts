import { describe, expect, it } from "vitest";
import { trendOf } from "../../../src/history/trend.js";
import type { HistoryEntry } from "../../../src/model/history.js";
import { criterionIds } from "../../../src/model/verdict.js";
import { renderNightlyIndex } from "../../../src/report/nightly/index-page.js";
import { commitOf, nightOf } from "./samples.js";

/** Leaks file descriptors from night 20 to night 26 of 30. */
function entryOf(day: number): HistoryEntry {
  const leaks = day >= 19 && day < 26;
  const night = nightOf(day);
  const wave = 1 + Math.sin(day * 12.9898) * 0.05;
  return {
    version: 1,
    id: `run-${day}`,
    night,
    startedAtMs: Date.parse(night) + 7_200_000,
    durationMs: 60_000,
    target: "gateway",
    scenario: "connect-churn",
    commit: commitOf(day),
    tool: "watertight 0.1.0",
    kernel: "6.18",
    repeat: 1,
    verdict: leaks ? "fail" : "pass",
    landed: 400,
    criteria: criterionIds.map((id) => {
      const leaking = leaks && id === "fds";
      const rate = leaking ? 0.88 * wave : 0;
      return {
        id,
        verdict: leaking ? "fail" : "pass",
        unit: id === "memory" ? "bytes" : "count",
        rate: { rate, low: rate * 0.95, high: rate * 1.05 },
      };
    }),
    findings: leaks
      ? [{ criterion: "fds", summary: "350 file descriptors were left", at: "src/a.ts:16" }]
      : [],
    report: `runs/${night}/report.html`,
  };
}

function pageAfter(nights: number): string {
  const rows = trendOf(Array.from({ length: nights }, (_, day) => entryOf(day)));
  return renderNightlyIndex(rows, {
    title: "Nightly",
    generatedAtMs: Date.parse(nightOf(nights)),
    nights: 30,
  });
}

/** What a reader reads, on one line. */
function wordsOf(page: string): string {
  const shown = page.replace(/<head>[^]*<\/head>/, "").replaceAll(/<(title|svg)[^>]*>[^]*?<\/\1>/g, "");
  return shown
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(" ,", ",");
}

const short = (day: number): string => commitOf(day).slice(0, 7);

describe("a leak that comes on night 20 of 30 and goes on night 27", () => {
  it.each([
    [19, "the one scenario does not leak", "no leak Report"],
    [
      20,
      "the one scenario leaks (1 new since the night before, 0 for longer)",
      `new leak since 20 Nov, between ${short(18)} and ${short(19)}`,
    ],
    [
      24,
      "the one scenario leaks (0 new since the night before, 1 for longer)",
      `still leaks since 20 Nov, between ${short(18)} and ${short(19)}`,
    ],
    [27, "does not leak, 1 is fixed", `fixed since 27 Nov, between ${short(25)} and ${short(26)}`],
    [30, "the one scenario does not leak.", `no leak since 27 Nov, between ${short(25)} and ${short(26)}`],
  ])("reads after night %i as it should", (nights, sentence, state) => {
    const words = wordsOf(pageAfter(nights));
    expect(words).toContain(sentence);
    expect(words).toContain(state);
  });

  it("is in the list of changes with both dates and both ranges", () => {
    const words = wordsOf(pageAfter(30));
    expect(words.slice(words.indexOf("What changed in these 30 nights"))).toMatch(
      new RegExp(
        `27 Nov fixed gateway / connect-churn : fds, between ${short(25)} and ${short(26)} .*` +
          `20 Nov leak gateway / connect-churn : fds, between ${short(18)} and ${short(19)} `,
      ),
    );
  });
});
