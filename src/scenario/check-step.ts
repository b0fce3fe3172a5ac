import { builtIn } from "./check-variables.js";
import { checkCommand, checkRe2 } from "./check-text.js";
import type { FileCommand, FileStep } from "./file-step.js";
import { found, quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";

/** What is wrong with one step, wherever it stands. */
export function checkStep(step: FileStep, path: Path, variables: ReadonlySet<string>): readonly Mistake[] {
  if (typeof step === "string") return [];
  const kind = Object.keys(step)[0] ?? "";
  const value: unknown = Object.values(step)[0];
  const at = [...path, kind];
  const placeholders = new Set([...builtIn, ...variables]);
  return [
    ...checkCommands(step, at),
    ...checkPatterns(value, at),
    ...checkNames(value, at),
    ...("send" in step ? checkBytes(step.send, at) : []),
    ...("http" in step ? checkBody(step.http, at) : []),
    ...("expect" in step ? checkHeaders(step.expect, at) : []),
    ...(isProgram(step) ? [] : unquoted(value, at, placeholders)),
  ];
}

function isProgram(step: object): boolean {
  return "spawn" in step || "exec" in step || "stdio" in step;
}

function checkCommands(step: Exclude<FileStep, string>, path: Path): readonly Mistake[] {
  if ("spawn" in step) return checkCommand(step.spawn, path);
  if ("exec" in step) return checkProgram(step.exec, path);
  return "stdio" in step ? checkProgram(step.stdio, path) : [];
}

function checkProgram(
  program: FileCommand | { readonly command: FileCommand },
  path: Path,
): readonly Mistake[] {
  if (typeof program === "string") return checkCommand(program, path);
  return "command" in program ? checkCommand(program.command, [...path, "command"]) : [];
}

/** The fields of a step whose text is a regular expression. */
const patterns: ReadonlySet<string> = new Set(["matches", "match", "output"]);

function checkPatterns(value: unknown, path: Path): readonly Mistake[] {
  if (!isMapping(value) || !("within" in value)) return [];
  const own = Object.entries(value).flatMap(([key, each]) =>
    patterns.has(key) && typeof each === "string" ? checkRe2(each, [...path, key]) : [],
  );
  const captured = Object.entries(captureIn(value)).flatMap(([name, text]) =>
    text.startsWith("regex ") ? checkRe2(text.slice("regex ".length), [...path, "capture", name]) : [],
  );
  return [...own, ...captured];
}

/** A variable that has the name of a placeholder would never be seen. */
function checkNames(value: unknown, path: Path): readonly Mistake[] {
  if (!isMapping(value)) return [];
  return Object.keys(captureIn(value))
    .filter((name) => builtIn.has(name))
    .map((name) => ({
      path: [...path, "capture", name],
      atKey: true,
      text: `${quoted(name)} cannot name a variable: {${name}} is a placeholder already`,
      fix: "use another name",
    }));
}

function captureIn(value: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { capture, within } = value;
  if (!isMapping(capture) || within === undefined) return {};
  return Object.fromEntries(Object.entries(capture).map(([name, text]) => [name, String(text)]));
}

const digits: ReadonlyMap<string, RegExp> = new Map([
  ["hex", /^([0-9A-Fa-f]{2})*$/],
  ["base64", /^[A-Za-z0-9+/]*={0,2}$/],
]);

/** Bytes that are wrong would pass for a frame of JSON. */
function checkBytes(send: unknown, path: Path): readonly Mistake[] {
  if (!isMapping(send) || Object.keys(send).length > 1 || !isMapping(send["binary"])) return [];
  return Object.entries(send["binary"])
    .filter(([encoding, text]) => digits.get(encoding)?.test(String(text)) === false)
    .map(([encoding, text]) => ({
      path: [...path, "binary", encoding],
      text: `expected ${encoding === "hex" ? "two hexadecimal digits for each byte" : "base64"}, found ${found(text)}`,
      fix: 'write for example `binary: {hex: "0102"}`, or put a frame of JSON into quotes',
    }));
}

function checkBody(http: Extract<FileStep, { http: unknown }>["http"], path: Path): readonly Mistake[] {
  if (typeof http === "string" || http.form === undefined || http.body === undefined) return [];
  return [{ path: [...path, "form"], atKey: true, text: "`form` beside `body`", fix: "keep one of them" }];
}

function checkHeaders(expect: unknown, path: Path): readonly Mistake[] {
  if (!isMapping(expect)) return [];
  return Object.entries(captureIn(expect))
    .filter(([, text]) => text.startsWith("header "))
    .map(([name]) => ({
      path: [...path, "capture", name],
      text: "a frame has no headers",
      fix: `write for example \`${name}: json ${name}\``,
    }));
}

/** Finds `sessionID: {session}`, which YAML takes for a mapping with a key and no value. */
function unquoted(value: unknown, path: Path, placeholders: ReadonlySet<string>): readonly Mistake[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first && first[1] === null && placeholders.has(first[0])) {
    const word = `{${first[0]}}`;
    const text = `expected text, found ${found(value)}: YAML reads ${word} without quotes as a mapping`;
    return [{ path, text, fix: `write "${word}" in quotes` }];
  }
  return entries.flatMap(([key, each]) =>
    unquoted(each, [...path, Array.isArray(value) ? Number(key) : key], placeholders),
  );
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
