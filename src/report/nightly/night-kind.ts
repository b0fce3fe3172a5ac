import type { NightResult } from "../../model/history.js";
import type { ScenarioVerdict } from "../../model/verdict.js";

/** How a night looks in a strip. `q`: it leaked, and does not count. */
export type NightKind = "p" | "f" | "u" | "b" | "q" | "g";

const kinds: Readonly<Record<ScenarioVerdict, NightKind>> = {
  pass: "p",
  fail: "f",
  inconclusive: "u",
  unchecked: "u",
  broke: "b",
};

export const kindNames: Readonly<Record<NightKind, string>> = {
  p: "pass",
  f: "leak",
  u: "unclear",
  b: "broke off",
  q: "leak, in quarantine",
  g: "did not run",
};

export function kindOf(result: NightResult | undefined): NightKind {
  if (result === undefined) return "g";
  return result.verdict === "fail" && result.quarantine ? "q" : kinds[result.verdict];
}

/** In words: inconclusive and unchecked are told apart. */
export function kindWords(result: NightResult | undefined): string {
  const kind = kindOf(result);
  return kind === "u" && result !== undefined ? result.verdict : kindNames[kind];
}
