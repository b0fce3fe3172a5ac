import { checkScenario } from "./check.js";
import type { FileFormat } from "./examine.js";
import type { ScenarioFile } from "./file.js";
import { smallestFile } from "./fix.js";
import { scenarioJsonSchema } from "./json-schema.js";
import { scenarioFile } from "./schema.js";
import { shapesOf } from "./shape.js";

/** What a scenario file may say. */
export const scenarioFormat: FileFormat<ScenarioFile> = {
  noun: "scenario",
  schema: scenarioFile,
  shapeAt: shapesOf(scenarioJsonSchema),
  smallest: smallestFile,
  check: checkScenario,
  compare: (file) => `compare ${file} with the shipped scenarios`,
};
