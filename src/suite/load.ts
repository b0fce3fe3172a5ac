import { resolve } from "node:path";
import { usageProblem } from "../model/problem.js";
import { shownPath } from "../scenario/load.js";
import type { FileFormat } from "../scenario/examine.js";
import { parseFile } from "../scenario/parse-file.js";
import { fileStats, readText } from "../scenario/read-text.js";
import { shapesOf } from "../scenario/shape.js";
import { checkSuite } from "./check.js";
import type { SuiteFile } from "./file.js";
import { suiteJsonSchema } from "./json-schema.js";
import { suiteFile } from "./schema.js";
import { type Suite, toSuite } from "./suite.js";

const suiteFormat: FileFormat<SuiteFile> = {
  noun: "suite",
  schema: suiteFile,
  shapeAt: shapesOf(suiteJsonSchema),
  smallest: "write for example `targets: {gateway: {}}` and `scenarios: [connect-churn]`",
  check: checkSuite,
  compare: (file) => `compare ${file} with docs/reference/suite.md`,
};

/**
 * Reads a suite file.
 * @param cwd what a relative path is relative to
 * @throws Problem exit 2: no such file, not text, or mistakes in it, each with its line.
 */
export async function loadSuite(path: string, cwd: string): Promise<Suite> {
  const absolute = resolve(cwd, path);
  const shown = shownPath(absolute, cwd);
  if (!(await fileStats(absolute))) throw noSuite(shown);
  return parseSuite(await readText(absolute, shown, "suite"), { path: absolute, shown });
}

/** The text of a suite file → a suite. @throws Problem exit 2 */
export function parseSuite(text: string, file: { readonly path: string; readonly shown: string }): Suite {
  return toSuite(parseFile(text, file.shown, suiteFormat), file.path);
}

function noSuite(shown: string): Error {
  return usageProblem({
    what: `there is no suite ${shown}`,
    why: "a nightly runs what a suite file says: targets × scenarios",
    fix: "name one: watertight nightly FILE; docs/examples/nightly.yaml is one to begin with",
  });
}
