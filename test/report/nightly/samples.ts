import type {
  Change,
  HistoryFinding,
  NightResult,
  Since,
  TrendCurve,
  TrendRow,
  TrendState,
} from "../../../src/model/history.js";
import {
  criterionIds,
  type CriterionId,
  type Rate,
  type ScenarioVerdict,
} from "../../../src/model/verdict.js";

/** Nights of November 2026, from the first. */
export const november: readonly string[] = Array.from({ length: 30 }, (_, day) => nightOf(day));
export const generatedAtMs: number = Date.UTC(2026, 10, 30, 6, 12);

/** Day 0 is 1 Nov 2026. */
export function nightOf(day: number): string {
  return new Date(Date.UTC(2026, 10, 1 + day)).toISOString().slice(0, 10);
}

export function commitOf(day: number): string {
  return ((day + 11) * 2_654_435_761 * 4_001)
    .toString(16)
    .padStart(12, "a")
    .slice(0, 12)
    .repeat(4)
    .slice(0, 40);
}

export interface Story {
  readonly target?: string;
  readonly scenario?: string;
  readonly nights?: readonly string[];
  /** A letter for each night: `p`ass, `f`ail, `i`nconclusive, `u`nchecked, `b`roke, `q`uarantined, `.` did not run. */
  readonly verdicts: string;
  readonly leaks?: readonly CriterionId[];
  readonly state: TrendState;
  readonly since?: Since;
  readonly changes?: readonly Change[];
  readonly finding?: HistoryFinding;
}

const verdictOf: Readonly<Record<string, ScenarioVerdict>> = {
  p: "pass",
  f: "fail",
  q: "fail",
  i: "inconclusive",
  u: "unchecked",
  b: "broke",
};

/** A row as the trend would give it. */
export function rowOf(story: Story): TrendRow {
  const { target = "gateway", scenario = "goose-churn", state, changes = [], since } = story;
  const all = story.nights ?? november;
  const ran = Array.from(story.verdicts).flatMap((letter, day) => (letter === "." ? [] : [{ letter, day }]));
  const nights = ran.map(({ letter, day }) => nightResult(story, { letter, night: all[day] ?? "", day }));
  const curves = criterionIds.map((id) => curveOf(id, { story, ran }));
  return { target, scenario, nights, curves, state, since, changes };
}

function nightResult(
  { leaks = ["fds"], finding, scenario = "goose-churn" }: Story,
  { letter, night, day }: { readonly letter: string; readonly night: string; readonly day: number },
): NightResult {
  const leaked = letter === "f" || letter === "q";
  const found = (criterion: CriterionId): HistoryFinding => ({
    criterion,
    summary: `132 ${criterion} were left by 150 operations (0.88 each)`,
    at: "src/gateway/plants/fd.ts:16",
  });
  return {
    night,
    verdict: verdictOf[letter] ?? "broke",
    commit: commitOf(day),
    quarantine: letter === "q" ? { reason: "being fixed", until: "2027-01-31" } : undefined,
    report: `runs/${night}/${encodeURIComponent(scenario)}/report.html`,
    findings: leaked ? (finding === undefined ? leaks.map(found) : [finding]) : [],
  };
}

function curveOf(
  id: CriterionId,
  {
    story,
    ran,
  }: { readonly story: Story; readonly ran: readonly { readonly letter: string; readonly day: number }[] },
): TrendCurve {
  const leaks = story.leaks ?? ["fds"];
  const unit = id === "memory" ? "bytes" : "count";
  const rates = ran.map(({ letter, day }): Rate | undefined => {
    if (letter === "b" || letter === "u") return undefined;
    if ((letter === "f" || letter === "q") && leaks.includes(id))
      return around(unit === "bytes" ? 99_000 : 0.88, day);
    return unit === "bytes" ? around(600, day) : { rate: 0, low: 0, high: 0 };
  });
  return { id, unit, rates };
}

/** Repeatable noise. */
function around(middle: number, day: number): Rate {
  const wave = Math.sin(day * 12.9898) * 0.08;
  return { rate: middle * (1 + wave), low: middle * (0.92 + wave), high: middle * (1.08 + wave) };
}

function sinceDay(day: number): Since {
  return { night: nightOf(day), afterCommit: commitOf(day - 1), upToCommit: commitOf(day) };
}

const clean = "p".repeat(30);

/** A leak that came on night 20 of 30 and went on night 27. */
export const cameAndWent: TrendRow = rowOf({
  scenario: "connect-churn",
  verdicts: `${"p".repeat(19)}${"f".repeat(7)}${"p".repeat(4)}`,
  state: "ok",
  since: sinceDay(26),
  changes: [
    { kind: "leak", criteria: ["fds"], ...sinceDay(19) },
    { kind: "fix", criteria: ["fds"], ...sinceDay(26) },
  ],
});

/** One row of each state. */
export const everyState: readonly TrendRow[] = [
  cameAndWent,
  rowOf({ scenario: "idle", verdicts: clean, state: "ok" }),
  rowOf({
    scenario: "prompt-cancel",
    verdicts: `${"p".repeat(29)}f`,
    leaks: ["ptys", "fds"],
    state: "new",
    since: sinceDay(29),
    changes: [{ kind: "leak", criteria: ["ptys", "fds"], ...sinceDay(29) }],
  }),
  rowOf({
    target: "orders",
    scenario: "slow-consumer",
    verdicts: `${"p".repeat(11)}i${"f".repeat(8)}b${"f".repeat(9)}`,
    leaks: ["memory"],
    state: "still",
    since: sinceDay(12),
    changes: [{ kind: "leak", criteria: ["memory"], ...sinceDay(12) }],
  }),
  rowOf({
    target: "orders",
    scenario: "reconnect-storm",
    verdicts: `${"f".repeat(29)}p`,
    leaks: ["tasks"],
    state: "fixed",
    since: sinceDay(29),
    changes: [{ kind: "fix", criteria: ["tasks"], ...sinceDay(29) }],
  }),
  rowOf({
    target: "orders",
    scenario: "healthz",
    verdicts: `${"p".repeat(27)}piu`,
    state: "unclear",
    since: sinceDay(28),
  }),
  rowOf({
    target: "orders",
    scenario: "stdio-agent",
    verdicts: `${"p".repeat(29)}b`,
    state: "unclear",
    since: sinceDay(29),
  }),
  rowOf({
    target: "legacy",
    scenario: "everything",
    verdicts: "q".repeat(30),
    leaks: ["zombies"],
    state: "quarantined",
  }),
  rowOf({
    target: "legacy",
    scenario: "weekend",
    verdicts: "p......p......p......p.......p".slice(0, 29) + ".",
    state: "ok",
  }),
];
