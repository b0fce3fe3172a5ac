import { type Document, LineCounter, parseDocument } from "yaml";
import { checkScenario } from "./check.js";
import { deepest, isTooDeep } from "./depth.js";
import { explain } from "./explain.js";
import type { ScenarioFile } from "./file.js";
import { smallestFile } from "./fix.js";
import { place } from "./locate.js";
import type { Mistake, PlacedMistake } from "./mistake.js";
import { scenarioFile } from "./schema.js";
import { yamlMistakes } from "./yaml-mistakes.js";

/** A text, and all that is wrong with it. */
export interface Examined {
  /** In no order; empty = it can be run. */
  readonly mistakes: readonly PlacedMistake[];
  /** Undefined where the text is no YAML. */
  readonly document: Document | undefined;
  /** Undefined where something is wrong. */
  readonly file: ScenarioFile | undefined;
  /** Where something of the file stands in the text. */
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** Uses of one anchor's content; more is an attempt to fill the memory. */
const maxAliasCount = 100;

const emptyFile: PlacedMistake = {
  line: 1,
  col: 1,
  text: "expected a scenario, found nothing but comments or space",
  fix: smallestFile,
};

const tooDeep: PlacedMistake = {
  line: 1,
  col: 1,
  text: `brackets or lists stand within each other more than ${deepest} levels deep`,
  fix: "look for one that is opened again and again; a scenario needs fewer than ten levels",
};

const tooMuch: PlacedMistake = {
  line: 1,
  col: 1,
  text: `aliases (*name) unfold to more than ${maxAliasCount} copies`,
  fix: "write out what the aliases stand for",
};

/** Looks at the text of a scenario file: as YAML, field by field, and at fields that must agree with each other. */
export function examine(text: string): Examined {
  const lines = new LineCounter();
  const nowhere = ({ text, fix }: Mistake): PlacedMistake => ({ line: 1, col: 1, text, fix });
  const none = { document: undefined, file: undefined, place: nowhere };
  if (isTooDeep(text)) return { ...none, mistakes: [tooDeep] };
  // Not "silent": that hides a second document.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const ofYaml = yamlMistakes(document, lines);
  if (ofYaml.length > 0) return { ...none, mistakes: ofYaml };
  const placed = (mistake: Mistake): PlacedMistake => place(mistake, document, lines);
  return { document, place: placed, ...examineData(document, placed) };
}

function examineData(document: Document, placed: Examined["place"]): Pick<Examined, "mistakes" | "file"> {
  const wrong = (mistakes: readonly PlacedMistake[]) => ({ mistakes, file: undefined });
  const data = plainData(document);
  if (data === tooMuch) return wrong([tooMuch]);
  if (data === null || data === undefined) return wrong([emptyFile]);
  const parsed = scenarioFile.safeParse(data);
  if (!parsed.success) return wrong(parsed.error.issues.flatMap((issue) => explain(issue, data)).map(placed));
  const mistakes = checkScenario(parsed.data);
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
