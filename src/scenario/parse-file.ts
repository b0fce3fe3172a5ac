import { basename } from "node:path";
import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type Problem, usageProblem } from "../model/problem.js";
import { deepest, isTooDeep } from "./depth.js";
import { explain } from "./explain.js";
import type { FileWords } from "./fix.js";
import { place } from "./locate.js";
import type { Mistake, PlacedMistake } from "./mistake.js";
import { yamlMistakes } from "./yaml-mistakes.js";

/** Mistakes named in one message; more would scroll away. */
const shown = 10;
/** Uses of one anchor's content; more is an attempt to fill the memory. */
const maxAliasCount = 100;

/** A kind of file: what it may say, and how its mistakes are told. */
export interface FileFormat<Content> extends FileWords {
  /** As in `expected a scenario`. */
  readonly noun: string;
  readonly schema: z.ZodType<Content>;
  /** What one field alone cannot show. */
  readonly check: (content: Content) => readonly Mistake[];
  /** What to do where a mistake has no fix of its own. */
  readonly compare: (file: string) => string;
}

/**
 * The text of a file → its content, checked.
 * @param path Where the text comes from, for messages.
 * @throws Problem exit 2, its `what` begins with `path:line:column`, its `why` lists further mistakes.
 */
export function parseFile<Content>(text: string, path: string, format: FileFormat<Content>): Content {
  const lines = new LineCounter();
  const problem = (mistakes: readonly PlacedMistake[]): Problem => problemOf(mistakes, path, format);
  if (isTooDeep(text)) throw problem([tooDeep(format)]);
  const document = readYaml(text, lines, problem);
  const data = plainData(document, problem);
  const placed = (mistakes: readonly Mistake[]): Problem =>
    problem(mistakes.map((mistake) => place(mistake, document, lines)));
  if (data === null || data === undefined) throw problem([emptyFile(format)]);
  const parsed = format.schema.safeParse(data);
  if (!parsed.success)
    throw placed(parsed.error.issues.flatMap((issue) => explain(issue, { data, words: format })));
  const mistakes = format.check(parsed.data);
  if (mistakes.length > 0) throw placed(mistakes);
  return parsed.data;
}

function emptyFile({ noun, smallest }: Pick<FileFormat<unknown>, "noun" | "smallest">): PlacedMistake {
  return {
    line: 1,
    col: 1,
    text: `expected a ${noun}, found nothing but comments or space`,
    fix: smallest,
  };
}

function tooDeep({ noun }: Pick<FileFormat<unknown>, "noun">): PlacedMistake {
  return {
    line: 1,
    col: 1,
    text: `brackets or lists stand within each other more than ${deepest} levels deep`,
    fix: `look for one that is opened again and again; a ${noun} needs fewer than ten levels`,
  };
}

const tooMuch: PlacedMistake = {
  line: 1,
  col: 1,
  text: `aliases (*name) unfold to more than ${maxAliasCount} copies`,
  fix: "write out what the aliases stand for",
};

type ProblemOf = (mistakes: readonly PlacedMistake[]) => Problem;

function readYaml(text: string, lines: LineCounter, problemOf: ProblemOf): Document {
  // Not "silent": that hides a second document.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const mistakes = yamlMistakes(document, lines);
  if (mistakes.length > 0) throw problemOf(mistakes);
  return document;
}

function plainData(document: Document, problemOf: ProblemOf): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    if (error instanceof ReferenceError) throw problemOf([tooMuch]);
    throw error;
  }
}

/** All mistakes as one problem, in the order of the text. */
function problemOf(
  mistakes: readonly PlacedMistake[],
  path: string,
  { compare }: Pick<FileFormat<unknown>, "compare">,
): Problem {
  const sorted = [...mistakes].sort((a, b) => a.line - b.line || a.col - b.col);
  const [first, ...others] = sorted.map(({ line, col, text }) => `${path}:${line}:${col}: ${text}`);
  const fix = sorted[0]?.fix ?? compare(basename(path));
  return usageProblem({ what: first ?? path, why: whyOf(others), fix });
}

function whyOf(others: readonly string[]): string | undefined {
  if (others.length === 0) return undefined;
  const listed = others.slice(0, shown - 1);
  const rest = others.length - listed.length;
  return ["also wrong:", ...listed, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n  ");
}
