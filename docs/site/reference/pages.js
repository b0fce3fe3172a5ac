import { page as commands } from "./commands.js";
import { page as manual } from "./manual.js";
import { page as metrics } from "./metrics.js";
import { page as plants } from "./plants.js";
import { page as record } from "./record.js";
import { page as scenarioFields } from "./scenario-fields.js";

const makers = { commands, manual, metrics, plants, record, "scenario-fields": scenarioFields };

/** The pages of docs/reference that are made from the program: name → text. Needs `npm run build`. */
export async function generatedPages() {
  return new Map(
    await Promise.all(Object.entries(makers).map(async ([name, page]) => [`${name}.md`, await page()])),
  );
}
