import { isDay } from "../model/day.js";
import { allowedKinds } from "./allow-schema.js";
import { checkRe2 } from "./check-text.js";
import type { FileAllowance } from "./file.js";
import { quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";

/** What the fields of the allowances do not show by their shape: patterns that are none, days that never come. */
export function checkAllow(allowances: readonly FileAllowance[] = []): readonly Mistake[] {
  return allowances.flatMap((allowance, index) => [
    ...allowedKinds.flatMap((kind) => checkRe2(allowance[kind], ["allow", index, kind])),
    ...checkDay(allowance.until, ["allow", index, "until"]),
  ]);
}

function checkDay(until: string | undefined, path: Path): readonly Mistake[] {
  if (until === undefined || isDay(until)) return [];
  const text = `the calendar has no day ${quoted(until)}`;
  return [{ path, text, fix: "write year, month and day, such as `until: 2027-01-31`" }];
}
