import { describe, expect, it } from "vitest";
import type { Since, TrendRow } from "../../../src/model/history.js";
import { alongAxis, nightAxis } from "../../../src/report/nightly/night-axis.js";
import { dayText } from "../../../src/report/nightly/dates.js";
import { headline } from "../../../src/report/nightly/headline.js";
import { renderNightlyIndex } from "../../../src/report/nightly/index-page.js";
import { commitWords, logCommand, sinceText } from "../../../src/report/nightly/since-text.js";
import { inOrder, standingOf } from "../../../src/report/nightly/standing.js";
import { stripWords } from "../../../src/report/nightly/strip.js";
import { cameAndWent, commitOf, everyState, generatedAtMs, november, nightOf, rowOf } from "./samples.js";

const options = { title: "Nightly", generatedAtMs, nights: 30 };
const clean = rowOf({ scenario: "clean", verdicts: "p".repeat(30), state: "ok" });
const fresh = rowOf({ scenario: "fresh", verdicts: `${"p".repeat(29)}f`, state: "new" });
const older = rowOf({ scenario: "older", verdicts: "f".repeat(30), state: "still" });
const fixed = rowOf({ scenario: "fixed", verdicts: `${"f".repeat(29)}p`, state: "fixed" });
const broke = rowOf({ scenario: "broke", verdicts: `${"p".repeat(29)}b`, state: "unclear" });
const unclear = rowOf({ scenario: "unclear", verdicts: `${"p".repeat(29)}i`, state: "unclear" });
const held = rowOf({ scenario: "held", verdicts: "q".repeat(30), state: "quarantined" });
const missed = rowOf({ scenario: "missed", verdicts: `${"p".repeat(28)}f.`, state: "new" });

function told(...rows: readonly TrendRow[]): string {
  const axis = nightAxis(rows, 30);
  const standings = rows.map((row) => standingOf(row, axis.at(-1)));
  return headline(standings, axis);
}

describe("the first sentence", () => {
  const night = "In the night of 30 Nov 2026";
  it.each<[string, TrendRow[], string]>([
    ["nothing", [], "No night is in this history yet."],
    ["one without a leak", [clean], `${night}, the one scenario does not leak.`],
    [
      "one with a leak",
      [fresh],
      `${night}, the one scenario leaks (1 new since the night before, 0 for longer).`,
    ],
    [
      "the first night",
      [rowOf({ verdicts: "f", state: "still" })],
      "In the night of 1 Nov 2026, the one scenario leaks (no night before to compare with).",
    ],
    ["no leak", [clean, clean], `${night}, none of 2 scenarios leaks.`],
    [
      "some of each",
      [clean, fresh, older, older, fixed, broke, unclear, held],
      `${night}, 3 of 8 scenarios leak (1 new since the night before, 2 for longer), 1 is fixed, 1 is unclear, 1 is in quarantine, 1 broke off.`,
    ],
    [
      "one that did not run, whose leak is no news any more",
      [clean, missed],
      `${night}, 1 of 2 scenarios leaks (0 new since the night before, 1 for longer), 1 did not run.`,
    ],
  ])("tells of %s", (_, rows, sentence) => expect(told(...rows)).toBe(sentence));
});

describe("the order", () => {
  it("is what a reader looks for: new, still, fixed, unclear, quarantined, ok, then names", () => {
    const standings = everyState.map((row) => standingOf(row, "2026-11-30"));
    expect(inOrder(standings).map(({ state, row }) => `${state} ${row.scenario}`)).toEqual([
      "new prompt-cancel",
      "still slow-consumer",
      "fixed reconnect-storm",
      "unclear healthz",
      "unclear stdio-agent",
      "quarantined everything",
      "ok connect-churn",
      "ok idle",
      "ok weekend",
    ]);
  });
});

describe("since when", () => {
  const [a, b] = [commitOf(18), commitOf(19)];
  const [briefA, briefB] = [a.slice(0, 7), b.slice(0, 7)];
  const tag = (commit: string): string => `<code title="${commit}">${commit.slice(0, 7)}</code>`;
  const since = (afterCommit?: string, upToCommit?: string): Since => ({
    night: nightOf(19),
    afterCommit,
    upToCommit,
  });

  it("names the day and both commits", () => {
    const words = sinceText(since(a, b), 2026);
    expect(words).toBe(`since <time datetime="2026-11-20">20 Nov</time>, between ${tag(a)} and ${tag(b)}`);
    expect(logCommand(since(a, b))).toBe(`git log --oneline ${briefA}..${briefB}`);
  });

  it.each<[string, Since, string]>([
    ["neither", since(), ""],
    ["the first of it", since(undefined, b), `, at ${tag(b)} or before`],
    ["the last before it", since(a), `, after ${tag(a)}`],
    ["the same twice", since(a, a), `, with no new commit (${tag(a)})`],
    ["names that are no hashes", since("v1", "v2"), ", between <code>v1</code> and <code>v2</code>"],
  ])("tells what it can where it knows %s", (_, known, words) => {
    expect(commitWords(known)).toBe(words);
    expect(logCommand(known)).toBeUndefined();
  });
});

it.each([
  ["2026-11-05", "5 Nov"],
  ["2025-01-31", "31 Jan 2025"],
  ["2026-13-01", "2026-13-01"],
  ["<b>", "&lt;b&gt;"],
])("dayText of %s is %s", (night, text) => expect(dayText(night, 2026)).toBe(text));

describe("the axis", () => {
  it("has every night on which anything ran, the last of them", () => {
    const weekly = rowOf({ verdicts: "p......p", state: "ok" });
    expect(nightAxis([weekly], 30)).toEqual([nightOf(0), nightOf(7)]);
    expect(nightAxis([weekly, clean], 2)).toEqual([nightOf(28), nightOf(29)]);
    expect(alongAxis(weekly, november.slice(0, 8)).map((night) => night?.verdict)).toEqual([
      "pass",
      ...Array.from({ length: 6 }, () => undefined),
      "pass",
    ]);
  });
});

it("the strip in words names the stretches, and no more of them than one can follow", () => {
  const nights = { axis: november, results: alongAxis(cameAndWent, november), year: 2026 };
  expect(stripWords(nights)).toBe("1 Nov to 19 Nov pass, 20 Nov to 26 Nov leak, 27 Nov to 30 Nov pass");
  const flapping = rowOf({ verdicts: "pf".repeat(15), state: "new" });
  expect(stripWords({ ...nights, results: alongAxis(flapping, november) })).toMatch(
    /^before that see the table, 19 Nov pass, .*, 30 Nov leak$/,
  );
});

describe("what a row says of since when", () => {
  const change = {
    kind: "leak",
    criteria: ["fds"],
    night: nightOf(19),
    afterCommit: "a",
    upToCommit: "b",
  } as const;
  const fix = { ...change, kind: "fix" } as const;
  const passes = { verdicts: `${"p".repeat(19)}${"f".repeat(10)}p`, since: change } as const;
  it.each<[string, TrendRow, string]>([
    ["new", { ...fresh, since: change, changes: [change] }, "new leak since 20 Nov, between a and b "],
    ["always", older, "still leaks since the first night that is kept, 1 Nov "],
    [
      "a leak that was not seen last night",
      rowOf({ ...passes, state: "unclear", changes: [change] }),
      "unclear leaks since 20 Nov, between a and b Last night: pass.",
    ],
    [
      "undecided after a fix",
      { ...unclear, since: fix, changes: [fix] },
      "unclear Last night: inconclusive.",
    ],
    ["broke", broke, "unclear Last night: broke off."],
    [
      "in quarantine",
      held,
      "quarantined leaks since the first night that is kept, 1 Nov In quarantine until 31 Jan 2027 : being fixed",
    ],
    ["well, always", clean, "no leak Report of"],
  ])("%s", (_, row, words) => {
    const article = /<article[^]*<div class="seen">/.exec(renderNightlyIndex([row], options))?.[0] ?? "";
    const text = article
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .replaceAll(" ,", ",");
    expect(text).toContain(words);
  });
});

describe("the page", () => {
  const page = renderNightlyIndex(everyState, options);

  it("is what it was", async () => {
    await expect(renderNightlyIndex([cameAndWent], options)).toMatchFileSnapshot("golden/came-and-went.html");
  });

  it("names both dates and both ranges of a leak that came on night 20 and went on night 27", () => {
    const changes = page.slice(page.indexOf("What changed"));
    for (const [kind, day] of [
      ["leak", 19],
      ["fix", 26],
    ] as const) {
      const range = `${commitOf(day - 1).slice(0, 7)}..${commitOf(day).slice(0, 7)}`;
      const item = changes.split("<li>").find((text) => text.includes(range)) ?? "";
      expect(item).toContain(
        `<time datetime="${nightOf(day)}">${day + 1} Nov</time> <strong class="${kind}">`,
      );
      expect(item).toContain("connect-churn");
    }
  });

  it("has a title for each night, and a link to the report of each that has one", () => {
    const [, article = ""] = /(<article class="row ok"[^]*?<\/article>)/.exec(page) ?? [];
    const titles = [...article.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title);
    expect(titles).toHaveLength(30);
    expect([titles[18], titles[19], titles[26]]).toEqual([
      "19 Nov: pass",
      "20 Nov: leak (fds)",
      "27 Nov: pass",
    ]);
    expect(article.match(/href="\.\/runs\/2026-11-20\/connect-churn\/report\.html"/g)).toHaveLength(2);
  });

  it("shows only the nights that are asked for, and only their changes", () => {
    const short = renderNightlyIndex(everyState, { ...options, nights: 5 });
    expect(short).toContain("What changed in these 5 nights");
    expect(short).toContain('datetime="2026-11-27"');
    expect(short).not.toContain('datetime="2026-11-20"');
  });

  it("says that nothing is there yet", () => {
    const empty = renderNightlyIndex([], options);
    expect(empty).toContain("No night is in this history yet.");
    expect(empty).not.toContain("NaN");
  });

  it("has neither numbers nor words of what is not known", () => {
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});
