import { plantNames, plants } from "../../../dist/gateway/plants/index.js";
import { plantings } from "../../../dist/selftest/plantings.js";
import { code, made, table } from "./table.js";

/** Every leak that can be put into the reference gateway. */
export function page() {
  const rows = plantNames.map((name) => {
    const where = plantings.find(({ plant }) => plant === name);
    const also = where.also.map(code).join(", ");
    return [code(name), plants[name].description, code(where.scenario), code(where.criterion), also || "–"];
  });
  return `# Plants: leaks put in on purpose

For whoever wants to see a leak found, or does not believe the tool. ${made}
A plant is a leak of the reference gateway that is off unless it is asked for: \`watertight run SCENARIO --plant NAME\`, or
\`NAME:0.1\` for one in ten. \`watertight selftest\` puts each into the scenario of its row, and fails if another criterion than
those of the row accuses it.

${table(["plant", "what is left", "scenario", "fails", "may fail, too"], rows)}`;
}
