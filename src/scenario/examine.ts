import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { deepest, isTooDeep } from "./depth.js";
import { explain } from "./explain.js";
import type { FileWords } from "./fix.js";
import { place } from "./locate.js";
import type { Mistake, PlacedMistake } from "./mistake.js";
import { yamlMistakes } from "./yaml-mistakes.js";

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

/** A text, and all that is wrong with it. */
export interface Examined<Content> {
  /** In no order; empty = it can be run. */
  readonly mistakes: readonly PlacedMistake[];
  /** Undefined where the text is no YAML. */
  readonly document: Document | undefined;
  /** Undefined where something is wrong. */
  readonly file: Content | undefined;
  /** Where something of the file stands in the text. */
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** Uses of one anchor's content; more is an attempt to fill the memory. */
const maxAliasCount = 100;

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

/** Looks at the text of a file: as YAML, field by field, and at fields that must agree with each other. */
export function examine<Content>(text: string, format: FileFormat<Content>): Examined<Content> {
  const lines = new LineCounter();
  const nowhere = ({ text, fix }: Mistake): PlacedMistake => ({ line: 1, col: 1, text, fix });
  const none = { document: undefined, file: undefined, place: nowhere };
  if (isTooDeep(text)) return { ...none, mistakes: [tooDeep(format)] };
  // Not "silent": that hides a second document.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const ofYaml = yamlMistakes(document, lines);
  if (ofYaml.length > 0) return { ...none, mistakes: ofYaml };
  const placed = (mistake: Mistake): PlacedMistake => place(mistake, document, lines);
  return { document, place: placed, ...examineData(plainData(document), { format, placed }) };
}

interface Examining<Content> {
  readonly format: FileFormat<Content>;
  readonly placed: (mistake: Mistake) => PlacedMistake;
}

function examineData<Content>(
  data: unknown,
  { format, placed }: Examining<Content>,
): Pick<Examined<Content>, "mistakes" | "file"> {
  const wrong = (mistakes: readonly PlacedMistake[]) => ({ mistakes, file: undefined });
  if (data === tooMuch) return wrong([tooMuch]);
  if (data === null || data === undefined) return wrong([emptyFile(format)]);
  const parsed = format.schema.safeParse(data);
  if (!parsed.success)
    return wrong(parsed.error.issues.flatMap((issue) => explain(issue, { data, words: format })).map(placed));
  const mistakes = format.check(parsed.data);
  return mistakes.length > 0 ? wrong(mistakes.map(placed)) : { mistakes: [], file: parsed.data };
}

function plainData(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    if (error instanceof ReferenceError) return tooMuch;
    throw error;
  }
}
