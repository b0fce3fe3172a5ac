import { basename } from "node:path";
import { type Document, LineCounter, parseDocument } from "yaml";
import { type Problem, usageProblem } from "../model/problem.js";
import { checkScenario } from "./check.js";
import { deepest, isTooDeep } from "./depth.js";
import { explain } from "./explain.js";
import type { ScenarioFile } from "./file.js";
import { smallestFile } from "./fix.js";
import type { LoadedScenario } from "./loaded.js";
import { place } from "./locate.js";
import type { Mistake, PlacedMistake } from "./mistake.js";
import { toScenario } from "./normalise.js";
import { scenarioFile } from "./schema.js";
import { yamlMistakes } from "./yaml-mistakes.js";

/** Mistakes named in one message; more would scroll away. */
const shown = 10;
/** Uses of one anchor's content; more is an attempt to fill the memory. */
const maxAliasCount = 100;

/**
 * The text of a scenario file → a scenario, with every default and unit resolved.
 * @param path Where the text comes from: for messages, and for the name where the file gives none.
 * @throws Problem exit 2, its `what` begins with `path:line:column`, its `why` lists further mistakes.
 */
export function parseScenario(text: string, path: string): LoadedScenario {
  const lines = new LineCounter();
  const document = readYaml(text, lines, path);
  const data = plainData(document, path);
  const placed = (mistakes: readonly Mistake[]): PlacedMistake[] =>
    mistakes.map((mistake) => place(mistake, document, lines));
  if (data === null || data === undefined) throw problemOf([emptyFile], path);
  const parsed = scenarioFile.safeParse(data);
  if (!parsed.success)
    throw problemOf(placed(parsed.error.issues.flatMap((issue) => explain(issue, data))), path);
  const mistakes = checkScenario(parsed.data);
  if (mistakes.length > 0) throw problemOf(placed(mistakes), path);
  return toScenario(parsed.data satisfies ScenarioFile, path);
}

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

function readYaml(text: string, lines: LineCounter, path: string): Document {
  if (isTooDeep(text)) throw problemOf([tooDeep], path);
  // Not "silent": that hides a second document.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const mistakes = yamlMistakes(document, lines);
  if (mistakes.length > 0) throw problemOf(mistakes, path);
  return document;
}

function plainData(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    if (error instanceof ReferenceError) throw problemOf([tooMuch], path);
    throw error;
  }
}

/** All mistakes as one problem, in the order of the text. */
function problemOf(mistakes: readonly PlacedMistake[], path: string): Problem {
  const sorted = [...mistakes].sort((a, b) => a.line - b.line || a.col - b.col);
  const [first, ...others] = sorted.map(({ line, col, text }) => `${path}:${line}:${col}: ${text}`);
  const fix = sorted[0]?.fix ?? `compare ${basename(path)} with the shipped scenarios`;
  return usageProblem({ what: first ?? path, why: whyOf(others), fix });
}

function whyOf(others: readonly string[]): string | undefined {
  if (others.length === 0) return undefined;
  const listed = others.slice(0, shown - 1);
  const rest = others.length - listed.length;
  return ["also wrong:", ...listed, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n  ");
}
