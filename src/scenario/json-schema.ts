import { z } from "zod";
import { scenarioFile } from "./schema.js";

/** The file format as JSON Schema, draft 2020-12: what editors complete and check against. */
export function scenarioJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(scenarioFile, { io: "input" });
}
