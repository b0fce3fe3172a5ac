import type { Capture, Captures } from "../model/scenario.js";
import { StepFailure, inert } from "./failure.js";
import { search } from "./patterns.js";
import type { Fill, Values } from "./placeholders.js";

/** Characters of a variable: it may be sent again and again. */
const mostCharacters = 64 * 1024;

/** Where variables are taken from. */
export interface Source {
  readonly text: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The variables that an answer brings. @throws StepFailure where one is not there. */
export function takeAll(captures: Captures | undefined, source: Source, fill: Fill): Values {
  if (captures === undefined) return {};
  const taken: Record<string, string> = {};
  for (const [name, capture] of Object.entries(captures)) taken[name] = take(capture, source, fill);
  return taken;
}

function take(capture: Capture, source: Source, fill: Fill): string {
  const value = valueOf(capture, source, fill);
  if (value === undefined) throw new StepFailure(`nothing to capture at ${placeOf(capture)}`, glance(source));
  if (value.length <= mostCharacters) return value;
  throw new StepFailure(`what ${placeOf(capture)} captures is longer than the driver takes`);
}

function valueOf(capture: Capture, { text, headers = {} }: Source, fill: Fill): string | undefined {
  if (capture.from === "json") return inJson(text, capture.path);
  if (capture.from === "regex") return search(capture.pattern, text, fill)?.text;
  const header = headers[capture.name.toLowerCase()];
  return typeof header === "string" ? header : header?.join(", ");
}

function placeOf(capture: Capture): string {
  if (capture.from === "json") return `json ${inert(capture.path)}`;
  return capture.from === "header" ? `header ${inert(capture.name)}` : `regex ${inert(capture.pattern)}`;
}

function glance({ text }: Source): string {
  return text === "" ? "the answer was empty" : `the answer was ${inert(text)}`;
}

/** Text as it is, everything else as JSON. */
function inJson(text: string, path: string): string | undefined {
  let value = parsed(text);
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
