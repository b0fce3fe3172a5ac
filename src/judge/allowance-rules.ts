import { RE2JS } from "re2js";
import { dayOf } from "../model/day.js";
import type { RunRecord } from "../model/record.js";
import type { Allowance } from "../model/scenario.js";
import { builtInAllowances } from "./built-in-allowances.js";

/** An allowance, ready to be held against what is there. */
export interface Rule {
  readonly kind: Allowance["kind"];
  readonly pattern: string;
  readonly reason: string;
  readonly builtIn: boolean;
  /** At most so many, in the run or for a built-in one in each process; Infinity = any number. */
  readonly limit: number;
  readonly expired: boolean;
  readonly matches: (text: string) => boolean;
}

/** The target can give a path or a command line any length. */
const longestText = 1000;

/** Those of the scenario first, so that they are used up before the built-in ones. */
export function rulesOf({ run }: RunRecord): readonly Rule[] {
  const today = dayOf(run.startedAtMs);
  const own = (run.scenario.allow ?? []).map((allowance): Rule => {
    const { kind, pattern, reason, count = Number.POSITIVE_INFINITY, until } = allowance;
    const expired = until !== undefined && today !== undefined && until < today;
    return { kind, pattern, reason, builtIn: false, limit: count, expired, matches: matcher(pattern) };
  });
  return [...own, ...builtIn];
}

const builtIn: readonly Rule[] = builtInAllowances.map(({ pattern, reason, perProcess }) => {
  const found = new RegExp(pattern);
  const matches = (text: string): boolean => found.test(text);
  return { kind: "fd", pattern, reason, builtIn: true, limit: perProcess, expired: false, matches };
});

/** In time linear in the text (Cox 2010, RE2): the target makes the texts, and could make them take hours. */
function matcher(pattern: string): Rule["matches"] {
  const compiled = compile(pattern);
  return (text) => compiled?.matcher(text.slice(0, longestText)).find() ?? false;
}

/** The scenario file was checked; a record may come from elsewhere, and a pattern that is none matches nothing. */
function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}
