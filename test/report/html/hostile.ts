import type { Report } from "../../../src/model/reporting.js";

/** What a target could write to be believed, to run, or to break the page. */
export const hostileTexts: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "</title></style></textarea></pre><h1>PASS</h1>",
  "\u001b[31mred\u001b[0m\u0007",
  "\u202egnp.exe\u202c\u2066\u200f",
  "javascript:alert(1)",
  "&lt;b&gt;&#60;",
  "x".repeat(1024 ** 2),
];

/** Words of the format: no text of anybody's. */
const own: ReadonlySet<string> = new Set([
  "type",
  "verdict",
  "id",
  "criterion",
  "unit",
  "per",
  "shape",
  "kind",
  "phase",
  "outcome",
  "state",
  "sureness",
  "where",
  "provenAt",
  "probe",
  "protocol",
]);
const ownLists: ReadonlySet<string> = new Set(["criteria"]);

/** The same report with every text in it hostile, each a different one in turn. */
export function hostile(report: Report): Report {
  let turn = 0;
  const poison = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return own.has(key) ? value : hostileTexts[turn++ % hostileTexts.length];
    if (Array.isArray(value))
      return value.map((one) => (ownLists.has(key) && typeof one === "string" ? one : poison(one, key)));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poison(one, name)]));
  };
  return poison(report, "") as Report;
}
