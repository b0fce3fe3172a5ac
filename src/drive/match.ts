import { isDeepStrictEqual } from "node:util";
import type { Match } from "../model/scenario.js";
import { inert } from "./failure.js";
import { search } from "./patterns.js";
import { type Fill, fillFields, type Values } from "./placeholders.js";

/** What a match found in a text: how far it goes, and the variables that it brings. */
export interface Seen {
  readonly end: number;
  readonly groups?: Values | undefined;
}

/** Looks for the match in a text, its placeholders filled in. Undefined where it is not there. */
export function look(match: Match, text: string, fill: Fill): Seen | undefined {
  if (match.kind === "matches") return search(match.pattern, text, fill);
  if (match.kind === "contains") return piece(text, fill(match.text));
  return isWhole(match, text, fill) ? { end: text.length } : undefined;
}

function isWhole(
  match: Extract<Match, { readonly kind: "any" | "text" | "json" }>,
  text: string,
  fill: Fill,
): boolean {
  if (match.kind === "any") return true;
  return match.kind === "text" ? text === fill(match.text) : hasFields(text, match.fields, fill);
}

function piece(text: string, wanted: string): Seen | undefined {
  const at = text.indexOf(wanted);
  return at < 0 ? undefined : { end: at + wanted.length };
}

function hasFields(text: string, fields: Readonly<Record<string, unknown>>, fill: Fill): boolean {
  // Spares the parser a flood of frames that cannot be objects.
  if (!text.trimStart().startsWith("{")) return false;
  const value = parsed(text);
  if (value === null || typeof value !== "object") return false;
  return Object.entries(fillFields(fields, fill)).every(
    ([key, wanted]) => Object.hasOwn(value, key) && isDeepStrictEqual(Reflect.get(value, key), wanted),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The match as the scenario declares it, placeholders and all: the same words for every operation. */
export function describeMatch(match: Match): string {
  if (match.kind === "any") return "no frame";
  if (match.kind === "text") return `no frame "${inert(match.text)}"`;
  if (match.kind === "contains") return `no frame containing "${inert(match.text)}"`;
  if (match.kind === "matches") return `no frame that matches ${inert(match.pattern)}`;
  return `no frame with ${inert(JSON.stringify(match.fields))}`;
}
