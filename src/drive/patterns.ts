import { RE2JS } from "re2js";
import type { Fill, Values } from "./placeholders.js";

/** Characters of a text that a pattern is held against: the target makes the texts, and there is one thread. */
const mostCharacters = 1024 ** 2;
/** Patterns that are kept ready. Those with variables in them are made anew each time. */
const mostKept = 1000;
const kept = new Map<string, RE2JS>();

/** What a pattern found. */
export interface Found {
  /** Named groups that took part. */
  readonly groups: Values;
  /** The first group, or all of it where there is none. */
  readonly text: string;
  /** Where it ends, in characters. */
  readonly end: number;
}

/** A regular expression in the syntax of RE2, which takes time linear in the text. Placeholders in it are plain text. */
export function search(pattern: string, text: string, fill: Fill): Found | undefined {
  const filled = fill(pattern, (value) => RE2JS.quote(value));
  const compiled = filled === pattern ? compile(pattern) : RE2JS.compile(filled);
  const matcher = compiled.matcher(text.slice(0, mostCharacters));
  if (!matcher.find()) return undefined;
  const groups: Record<string, string> = {};
  for (const name of Object.keys(compiled.namedGroups())) {
    const group = matcher.group(name);
    if (group !== null) groups[name] = group;
  }
  const first = compiled.groupCount() > 0 ? matcher.group(1) : matcher.group(0);
  return { groups, text: first ?? "", end: matcher.end() };
}

function compile(pattern: string): RE2JS {
  const known = kept.get(pattern);
  if (known) return known;
  const compiled = RE2JS.compile(pattern);
  if (kept.size < mostKept) kept.set(pattern, compiled);
  return compiled;
}

/** The names of its groups. */
export function groupsIn(pattern: string): readonly string[] {
  return Object.keys(compile(pattern).namedGroups());
}
