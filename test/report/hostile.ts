import { type Arbitrary, array, constantFrom, oneof, string } from "fast-check";
import type { ScenarioResult } from "../../src/model/verdict.js";
import { attributed, session } from "./finding-samples.js";
import { broken, criterion, scenario } from "./samples.js";

/** What a target may put into a name to act on whoever reads it. */
const nasty = [
  "\u001b[31mred\u001b[0m",
  "]]>",
  "|",
  "`",
  "```\n</details>",
  "<script>alert(1)</script>",
  "-->",
  "\u202egnp.exe",
  "\ud800",
  "\udfff",
  "\ufffe",
  "\r\n::error::pwned",
  "::stop-commands::x",
  "##[error]x",
  "%0A",
  "@everyone",
  "[link](https://example.com)",
  "{0}",
  "\\",
  '"',
  "\u0000",
  "\n# EOF\n",
  "&amp;",
  "\u2028",
  "名前".repeat(300),
];

export const hostileText: Arbitrary<string> = array(
  oneof(constantFrom(...nasty), string({ unit: "binary", maxLength: 20 })),
  { maxLength: 6 },
).map((parts) => parts.join(""));

/** Results in which every text that a target or a user makes is the given one. */
export function saying(text: string): ScenarioResult[] {
  const by = session.by && {
    ...session.by,
    wouldHelp: text,
    examples: session.by.examples.map((example) => ({ ...example, flow: text, step: text, left: [text] })),
  };
  const origin = session.origin && {
    ...session.origin,
    at: text,
    stack: [{ name: text, file: text, line: 3, column: 4 }, { file: text }],
    retainedBy: text,
  };
  const finding = {
    ...session,
    by,
    origin,
    resource: text,
    summary: text,
    next: text,
    evidence: [text],
    resources: session.resources.map((found) => ({ ...found, resource: text })),
  };
  const use = { what: text, reason: text, builtIn: false, used: 1, state: "used" } as const;
  const leak = attributed();
  return [
    {
      ...leak,
      name: `a${text}`,
      findings: [finding],
      criteria: [
        ...leak.criteria.map((one) => ({ ...one, reason: text })),
        criterion("memory", { verdict: "unchecked", reason: text }),
      ],
      flows: leak.flows.map((flow) => ({ ...flow, flow: `${flow.flow}${text}` })),
      allowances: [use],
      notes: [text],
      logTail: [text],
    },
    { ...broken(), name: `b${text}`, broke: text, logTail: [text] },
    scenario({ name: `c${text}` }),
  ];
}
