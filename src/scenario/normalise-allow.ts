import type { Allowance } from "../model/scenario.js";
import { allowedKinds } from "./allow-schema.js";
import type { FileAllowance } from "./file.js";

/** The one pattern of each becomes its kind and its pattern. */
export function allowancesOf(allowances: readonly FileAllowance[]): readonly Allowance[] {
  return allowances.flatMap(({ reason, count, until, ...patterns }) =>
    allowedKinds.flatMap((kind) => {
      const pattern = patterns[kind];
      return pattern === undefined ? [] : [{ kind, pattern, reason, count, until }];
    }),
  );
}
