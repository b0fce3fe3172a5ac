import { RE2JS } from "re2js";
import type { FileStep } from "./file-step.js";
import { nearest, quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";
import { toStep } from "./normalise-step.js";
import type { PlacedStep } from "./variants.js";

/** Placeholders that every step has. */
export const builtIn: ReadonlySet<string> = new Set([
  "session",
  "operation",
  "flow",
  "port",
  "socket",
  "dir",
  "goose",
]);

/** The variables that some of the steps set. */
export function variablesOf(steps: readonly FileStep[]): ReadonlySet<string> {
  return new Set(steps.flatMap(setBy));
}

/** Captures, and the named groups of patterns. */
function setBy(step: FileStep): string[] {
  const read = toStep(step);
  if (read.kind === "exec") return groupsOf(read.output);
  if (read.kind === "http") return [...Object.keys(read.capture ?? {}), ...groupsOf(read.match)];
  if (read.kind !== "expect") return [];
  const pattern = read.match.kind === "matches" ? read.match.pattern : undefined;
  return [...Object.keys(read.capture ?? {}), ...groupsOf(pattern)];
}

function groupsOf(pattern: string | undefined): string[] {
  if (pattern === undefined) return [];
  try {
    return Object.keys(RE2JS.compile(pattern).namedGroups());
  } catch {
    // A mistake of its own.
    return [];
  }
}

interface Flow {
  readonly path: Path;
  /** Of every session of the flow. */
  readonly variables: ReadonlySet<string>;
}

/** Placeholders that nothing has filled when their step begins. Of braces that are no variable nothing is said. */
export function checkUses(steps: readonly PlacedStep[], { path, variables }: Flow): readonly Mistake[] {
  if (variables.size === 0) return [];
  const set = new Set(builtIn);
  return steps.flatMap(({ step, path: at }) => {
    const mistakes = usesIn(step, [...path, ...at])
      .filter(({ name }) => !set.has(name))
      .flatMap((use) => mistakeOf(use, variables));
    for (const name of setBy(step)) set.add(name);
    return mistakes;
  });
}

/** Every letter is near to every other: braces around so few are left alone. */
const shortest = 3;

interface Use {
  readonly name: string;
  readonly path: Path;
}

function mistakeOf({ name, path }: Use, variables: ReadonlySet<string>): Mistake[] {
  if (variables.has(name)) {
    const text = `{${name}} is used before a step sets it`;
    return [{ path, text, fix: `put the step that captures ${quoted(name)} before this one` }];
  }
  const meant = name.length < shortest ? undefined : nearest(name, [...variables, ...builtIn]);
  if (meant === undefined) return [];
  return [{ path, text: `no step sets {${name}}; did you mean {${meant}}?`, fix: `write {${meant}}` }];
}

function usesIn(value: unknown, path: Path): Use[] {
  if (typeof value === "string") {
    return [...value.matchAll(/\{([A-Za-z][\w-]*)\}/g)].map(([, name = ""]) => ({ name, path }));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    usesIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
