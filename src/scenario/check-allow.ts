import { RE2JS } from "re2js";
import { isDay } from "../model/day.js";
import { messageOf } from "../model/problem.js";
import { allowedKinds } from "./allow-schema.js";
import type { FileAllowance } from "./file.js";
import { quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";

/** What the fields of the allowances do not show by their shape: patterns that are none, days that never come. */
export function checkAllow(allowances: readonly FileAllowance[] = []): readonly Mistake[] {
  return allowances.flatMap((allowance, index) => [
    ...allowedKinds.flatMap((kind) => checkPattern(allowance[kind], ["allow", index, kind])),
    ...checkDay(allowance.until, ["allow", index, "until"]),
  ]);
}

/** RE2 has no look-around and no back-references: that is what makes its time linear. */
function checkPattern(pattern: string | undefined, path: Path): readonly Mistake[] {
  if (pattern === undefined) return [];
  try {
    RE2JS.compile(pattern);
    return [];
  } catch (error) {
    const why = messageOf(error).replace(/^error parsing regexp: /, "");
    const text = `${quoted(pattern)} is not a regular expression of RE2: ${why.replaceAll("`", "'")}`;
    const fix =
      "put a backslash before characters that stand for themselves; there is no look-around and no \\1";
    return [{ path, text, fix }];
  }
}

function checkDay(until: string | undefined, path: Path): readonly Mistake[] {
  if (until === undefined || isDay(until)) return [];
  const text = `the calendar has no day ${quoted(until)}`;
  return [{ path, text, fix: "write year, month and day, such as `until: 2027-01-31`" }];
}
