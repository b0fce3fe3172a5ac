import { plantNames, plants } from "../gateway/plants/index.js";
import { listShipped } from "../scenario/load.js";
import type { Host } from "./host.js";
import { shippedDir } from "./paths.js";

/** `watertight list`: what can be run, what can be planted. One per line, name first, for grep and cut. */
export async function listCommand({ stdout }: Pick<Host, "stdout">): Promise<number> {
  stdout.write("Scenarios (watertight run NAME):\n");
  for (const { name, about } of await listShipped(shippedDir))
    stdout.write(`  ${name.padEnd(20)} ${about}\n`);
  stdout.write("\nPlants (watertight run SCENARIO --plant NAME):\n");
  for (const name of plantNames) stdout.write(`  ${name.padEnd(20)} ${plants[name].description}\n`);
  return 0;
}
