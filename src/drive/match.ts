import { isDeepStrictEqual } from "node:util";
import type { Match } from "../model/scenario.js";
import { inert } from "./failure.js";
import { type Fill, fillFields } from "./placeholders.js";

/** Whether a frame is the awaited one. Binary frames are compared as the UTF-8 that their bytes are. */
export function matches(match: Match, frame: Buffer): boolean {
  if (match.kind === "any") return true;
  const text = frame.toString();
  if (match.kind === "text") return text === match.text;
  if (match.kind === "contains") return text.includes(match.text);
  if (match.kind === "matches") return false;
  return hasFields(text, match.fields);
}

function hasFields(text: string, fields: Readonly<Record<string, unknown>>): boolean {
  // Spares the parser a flood of frames that cannot be objects.
  if (!text.trimStart().startsWith("{")) return false;
  const value = parsed(text);
  if (value === null || typeof value !== "object") return false;
  return Object.entries(fields).every(
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

/** The match with its placeholders filled in. */
export function fillMatch(match: Match, fill: Fill): Match {
  if (match.kind === "any") return match;
  if (match.kind === "json") return { kind: "json", fields: fillFields(match.fields, fill) };
  if (match.kind === "matches") return match;
  return { kind: match.kind, text: fill(match.text) };
}

/** The match as the scenario declares it, placeholders and all: the same words for every operation. */
export function describeMatch(match: Match): string {
  if (match.kind === "any") return "no frame";
  if (match.kind === "text") return `no frame "${inert(match.text)}"`;
  if (match.kind === "contains") return `no frame containing "${inert(match.text)}"`;
  if (match.kind === "matches") return `no frame that matches ${inert(match.pattern)}`;
  return `no frame with ${inert(JSON.stringify(match.fields))}`;
}
