import { plantNames, plants } from "../gateway/plants/index.js";
import { listShipped, type ShippedScenario } from "../scenario/load.js";
import type { Host } from "./host.js";
import { shippedDir } from "./paths.js";

/** `watertight list`: what can be run, what can be planted. One per line, name first, for grep and cut. */
export async function listCommand({ stdout }: Pick<Host, "stdout">): Promise<number> {
  const shipped = await listShipped(shippedDir);
  const own = shipped.filter(({ forOthers }) => !forOthers);
  const others = shipped.filter(({ forOthers }) => forOthers);
  stdout.write(`Scenarios (watertight run NAME):\n${lines(own)}`);
  stdout.write(
    `\nScenarios for other servers, to be installed first (watertight run NAME):\n${lines(others)}`,
  );
  stdout.write("\nPlants (watertight run SCENARIO --plant NAME):\n");
  for (const name of plantNames) stdout.write(`  ${name.padEnd(20)} ${plants[name].description}\n`);
  return 0;
}

function lines(scenarios: readonly ShippedScenario[]): string {
  const width = Math.max(20, ...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, about }) => `  ${name.padEnd(width)} ${about}\n`).join("");
}
