import type { CriterionVerdict, ScenarioVerdict } from "../model/verdict.js";

/** Puts colour on a verdict, and on what stands out. Never the only carrier of a meaning. */
export interface Paint {
  readonly verdict: (verdict: CriterionVerdict | ScenarioVerdict) => string;
  /** A text in the colour of a verdict. */
  readonly like: (verdict: CriterionVerdict | ScenarioVerdict, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Select Graphic Rendition (ECMA-48, 8.3.117): on, off. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const;

const verdictCodes: Readonly<Record<CriterionVerdict | ScenarioVerdict, keyof typeof codes>> = {
  pass: "green",
  fail: "red",
  broke: "red",
  inconclusive: "yellow",
  unchecked: "yellow",
  dropped: "dim",
};

export function paintOf(colour: boolean): Paint {
  const put = (text: string, name: keyof typeof codes): string => {
    const [on, off] = codes[name];
    return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
  return {
    verdict: (verdict) => put(verdict, verdictCodes[verdict]),
    like: (verdict, text) => put(text, verdictCodes[verdict]),
    strong: (text) => put(text, "bold"),
    faint: (text) => put(text, "dim"),
  };
}
