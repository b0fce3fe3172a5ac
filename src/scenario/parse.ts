import { checkScenario } from "./check.js";
import type { ScenarioFile } from "./file.js";
import { smallestFile } from "./fix.js";
import { scenarioJsonSchema } from "./json-schema.js";
import type { LoadedScenario } from "./loaded.js";
import { toScenario } from "./normalise.js";
import { type FileFormat, parseFile } from "./parse-file.js";
import { scenarioFile } from "./schema.js";
import { shapesOf } from "./shape.js";

const scenarioFormat: FileFormat<ScenarioFile> = {
  noun: "scenario",
  schema: scenarioFile,
  shapeAt: shapesOf(scenarioJsonSchema),
  smallest: smallestFile,
  check: checkScenario,
  compare: (file) => `compare ${file} with the shipped scenarios`,
};

/**
 * The text of a scenario file → a scenario, with every default and unit resolved.
 * @param path Where the text comes from: for messages, and for the name where the file gives none.
 * @throws Problem exit 2, its `what` begins with `path:line:column`, its `why` lists further mistakes.
 */
export function parseScenario(text: string, path: string): LoadedScenario {
  return toScenario(parseFile(text, path, scenarioFormat), path);
}
