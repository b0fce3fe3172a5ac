import type { Step } from "../model/scenario.js";
import { groupsIn } from "./patterns.js";

/** Names of the variables that a step sets: what it captures, and the named groups of its pattern. */
export function settersOf(step: Step): readonly string[] {
  if (step.kind === "exec") return groupsOf(step.output);
  if (step.kind === "http") return [...Object.keys(step.capture ?? {}), ...groupsOf(step.match)];
  if (step.kind !== "expect") return [];
  const pattern = step.match.kind === "matches" ? step.match.pattern : undefined;
  return [...Object.keys(step.capture ?? {}), ...groupsOf(pattern)];
}

function groupsOf(pattern: string | undefined): readonly string[] {
  return pattern === undefined ? [] : groupsIn(pattern);
}
