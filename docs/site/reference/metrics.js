import { wellKnown } from "../../../dist/probe/well-known-metrics.js";
import { code, made, table } from "./table.js";
import { writtenMetrics } from "./written-metrics.js";

const quantities = { tasks: "tasks", fds: "file descriptors", liveBytes: "live memory" };

/** Names of metrics that are read, and of those that are written. */
export async function page() {
  const rows = Object.entries(wellKnown).flatMap(([quantity, names]) =>
    names.map(([required, ...optional]) => [
      quantities[quantity],
      [required, ...optional].map(code).join(" and, where it is there, "),
    ]),
  );
  return `# Metrics

For whoever serves metrics to watertight and has a name to look up. ${made}
## Read by the probe \`prometheus\`

From the page that \`probes: {prometheus: /metrics}\` names. The first name of a quantity that is on the page counts; several
series of one name are summed up. [Probes](probes.md#prometheus) says what is made of them, and how to name your own.

${table(["taken for", "name"], rows)}${await writtenMetrics()}`;
}
