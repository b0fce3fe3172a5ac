import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "../host.js";
import { shippedDir } from "../paths.js";

/** `watertight scenario schema`: the published one, as it lies in the package. */
export async function schemaCommand({ stdout }: Pick<Host, "stdout">): Promise<void> {
  stdout.write(await readFile(join(shippedDir, "scenario.schema.json"), "utf8"));
}
