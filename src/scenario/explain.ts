import type { z } from "zod";
import { type FileWords, fixFor, sample } from "./fix.js";
import { didYouMean, found, nearest, quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";
import { bestBranch, onlyBranch } from "./union.js";

type Issue = z.core.$ZodIssue;

/** Unknown keys of one mapping that are looked into; a file of another kind may have thousands. */
const most = 100;

/** What the issues are about: the content of a file, and what there is to say of its kind. */
export interface Explained {
  readonly data: unknown;
  readonly words: FileWords;
}

/** A zod issue as sentences a reader can act on. Several unknown keys give several mistakes. */
export function explain(issue: Issue, file: Explained, base: Path = []): readonly Mistake[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))];
  const value = valueAt(file.data, path);
  const at = { ...file, path, value };
  if (issue.code === "unrecognized_keys") return issue.keys.slice(0, most).map((key) => unknownKey(at, key));
  if (issue.code === "invalid_key") return [wrongKey(path)];
  if (issue.code === "invalid_union") return explainUnion(issue, at);
  return [value === undefined ? missing(at) : wrongValue(at)];
}

interface At extends Explained {
  readonly path: Path;
  readonly value: unknown;
}

function explainUnion(issue: z.core.$ZodIssueInvalidUnion, at: At): readonly Mistake[] {
  const { path, value } = at;
  if (value === undefined) return [missing(at)];
  const branch = bestBranch(issue.errors, value);
  if (branch) return branch.flatMap((each) => explain(each, at, path));
  const unknown = unknownKeys(at);
  if (unknown.length > 0) return unknown;
  return onlyBranch(issue.errors)?.flatMap((each) => explain(each, at, path)) ?? [wrongValue(at)];
}

/** For a mapping that fits no alternative: those of its keys that none of them knows. */
function unknownKeys(at: At): readonly Mistake[] {
  const { path, value, words } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { keys } = words.shapeAt(path);
  return Object.keys(value)
    .filter((key) => !keys.includes(key))
    .map((key) => unknownKey(at, key));
}

function unknownKey({ path, words }: At, key: string): Mistake {
  const { keys, title } = words.shapeAt(path);
  if (keys.includes(key)) {
    return {
      path: [...path, key],
      atKey: true,
      text: `${quoted(key)} does not go with the other keys; expected ${title}`,
      fix: "keep one of them, or give each an entry of its own",
    };
  }
  const meant = nearest(key, keys);
  return {
    path: [...path, key],
    atKey: true,
    text: `unknown key ${quoted(key)}${didYouMean(key, keys)}`,
    fix:
      meant === undefined
        ? `use one of: ${keys.join(", ")}`
        : `write ${quoted(meant)} in place of ${quoted(key)}`,
  };
}

function wrongKey(path: Path): Mistake {
  const key = quoted(String(path.at(-1)));
  const name = expectedName(path);
  if (name !== undefined) return { path, atKey: true, text: `expected ${name}, found ${key}` };
  if (path.at(-2) === "capture") {
    const text = `${key} cannot name a variable; a name has letters, digits, - and _, and begins with a letter`;
    return { path, atKey: true, text, fix: "use another name" };
  }
  if (path[0] === "probes") {
    const text = `${key} cannot name a probe; a name has letters, digits, - and _, and begins with a letter`;
    return { path, atKey: true, text, fix: "use another name; node, prometheus, go and threads are taken" };
  }
  return {
    path,
    atKey: true,
    text: `${key} cannot stand beside the fields of a frame`,
    fix: "put the fields under json: `expect: {json: {type: content}, within: 5s}`",
  };
}

function expectedName(path: Path): string | undefined {
  if (path.length === 2) return "a flow name of letters, digits, -, _ and / that begins with a letter";
  if (path[2] !== "variants" || path.length > 5) return undefined;
  return `the name of a ${path.length === 4 ? "factor" : "level"}, of letters, digits, - and _`;
}

function missing({ path, words }: At): Mistake {
  const { title } = words.shapeAt(path);
  return {
    path: path.slice(0, -1),
    text: `${quoted(String(path.at(-1)))} is missing; expected ${title ?? "a value"}`,
    fix: sample(path, words.shapeAt),
  };
}

function wrongValue({ path, value, words }: At): Mistake {
  const { title, words: known } = words.shapeAt(path);
  const meant = typeof value === "string" ? didYouMean(value, known) : "";
  return {
    path,
    text: `expected ${title ?? "another value"}, found ${found(value)}${meant}`,
    fix: fixFor(path, value, words),
  };
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = Reflect.get(value, segment);
  }
  return value;
}
