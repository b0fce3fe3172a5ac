import { z } from "zod";
import { suiteFile } from "./schema.js";

/** The file format as JSON Schema, draft 2020-12: what editors complete and check against. */
export function suiteJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(suiteFile, { io: "input" });
}
