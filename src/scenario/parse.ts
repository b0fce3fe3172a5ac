import type { LoadedScenario } from "./loaded.js";
import { toScenario } from "./normalise.js";
import { parseFile } from "./parse-file.js";
import { scenarioFormat } from "./scenario-format.js";

/**
 * The text of a scenario file → a scenario, with every default and unit resolved.
 * @param path Where the text comes from: for messages, and for the name where the file gives none.
 * @throws Problem exit 2, its `what` begins with `path:line:column`, its `why` lists further mistakes.
 */
export function parseScenario(text: string, path: string): LoadedScenario {
  return toScenario(parseFile(text, path, scenarioFormat), path);
}
