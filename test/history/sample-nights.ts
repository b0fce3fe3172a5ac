import type { HistoryEntry } from "../../src/model/history.js";
import type { CriterionId, CriterionVerdict, Rate, ScenarioVerdict } from "../../src/model/verdict.js";

const dayMs = 86_400_000;
export const firstNightMs: number = Date.UTC(2026, 8, 1, 2);

/** The day of a night, counted from 1. */
export function day(night: number): string {
  return new Date(firstNightMs + (night - 1) * dayMs).toISOString().slice(0, 10);
}

/** The commit of a night, counted from 1: one each night. */
export function commitOf(night: number): string {
  return `c${String(night).padStart(3, "0")}`;
}

export interface Judged {
  readonly verdict: CriterionVerdict;
  readonly rate?: Rate | undefined;
}

export interface RunOf {
  readonly night: number;
  readonly repeat?: number;
  readonly criteria: Readonly<Partial<Record<CriterionId, Judged>>>;
  readonly more?: Partial<HistoryEntry>;
}

const gravity: readonly ScenarioVerdict[] = ["fail", "broke", "inconclusive", "unchecked", "pass"];

/** An entry as `nightly` writes it. */
export function entry({ night, repeat = 1, criteria, more = {} }: RunOf): HistoryEntry {
  const judged = Object.entries(criteria) as [CriterionId, Judged][];
  return {
    version: 1,
    id: `${night}-${repeat}-${more.target ?? "gateway"}-${more.scenario ?? "churn"}`,
    night: day(night),
    startedAtMs: firstNightMs + (night - 1) * dayMs + repeat * 60_000,
    durationMs: 40_000,
    target: "gateway",
    scenario: "churn",
    commit: commitOf(night),
    tool: "watertight 0.1.0",
    kernel: "6.1.0",
    repeat,
    verdict: gravity.find((each) => judged.some(([, { verdict }]) => verdict === each)) ?? "unchecked",
    landed: 1000,
    criteria: judged.map(([id, { verdict, rate }]) => ({
      id,
      verdict,
      unit: id === "memory" ? "bytes" : "count",
      rate,
    })),
    findings: judged
      .filter(([, { verdict }]) => verdict === "fail")
      .map(([criterion]) => ({ criterion, summary: `${criterion} leaks`, at: `src/${criterion}.ts:1` })),
    ...more,
  };
}

/** `pass pass fail`, or in short `..F?-`: pass, fail, inconclusive, no night. One letter a night; `FF.` with repeats: `FF .. F.`. */
export function nights(text: string, id: CriterionId = "fds"): HistoryEntry[] {
  const verdicts: Readonly<Record<string, CriterionVerdict>> = {
    ".": "pass",
    F: "fail",
    "?": "inconclusive",
  };
  const groups = text.includes(" ") ? text.trim().split(/\s+/) : text.split("");
  return groups.flatMap((group, index) =>
    group.split("").flatMap((letter, repeat) => {
      const verdict = verdicts[letter];
      if (verdict === undefined) return [];
      return [entry({ night: index + 1, repeat: repeat + 1, criteria: { [id]: { verdict } } })];
    }),
  );
}

/** A rate with its interval. */
export function rate(value: number, error = 0.001): Rate {
  return { rate: value, low: value - 1.96 * error, high: value + 1.96 * error };
}
