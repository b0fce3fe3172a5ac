import { RE2JS } from "re2js";
import type { Said, Tally } from "./said.js";

const mostMatches = 10_000;

/** What the last match in an engine's output says, in time linear in the text (Cox 2010, RE2): stdout first, then stderr. */
export function outputTally(pattern: string, { stdout, stderr }: Said): Tally | undefined {
  const compiled = RE2JS.compile(pattern);
  return lastIn(compiled, stdout) ?? lastIn(compiled, stderr);
}

function lastIn(pattern: RE2JS, text: string): Tally | undefined {
  const matcher = pattern.matcher(text);
  const hasFailed = Object.hasOwn(pattern.namedGroups(), "failed");
  let last: Tally | undefined;
  for (let matches = 0; matches < mostMatches && matcher.find(); matches++) {
    const landed = countIn(matcher.group("landed"));
    const failed = hasFailed ? countIn(matcher.group("failed")) : undefined;
    if (landed !== undefined) last = { landed, failed: failed ?? 0 };
  }
  return last;
}

/** `12,345` and `12 345` are numbers, too. */
function countIn(text: string | null): number | undefined {
  const digits = (text ?? "").replaceAll(/[,_' ]/g, "");
  return /^\d+(\.0+)?$/.test(digits) ? Number(digits) : undefined;
}
