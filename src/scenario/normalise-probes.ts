import type { CommandProbe, Probes } from "../model/scenario.js";
import type { FileCommandProbe, FileProbes, FilePrometheus } from "./file.js";
import { words } from "./normalise-step.js";
import { ms } from "./units.js";

const defaultWithin = "5s";

/** What looks inside, with every shorthand written out. */
export function probesOf({ node, prometheus, go, threads, commands }: FileProbes): Probes {
  return {
    node,
    ...pageOf(prometheus),
    go,
    threads,
    ...(commands && { commands: Object.entries(commands).map(([name, probe]) => commandOf(name, probe)) }),
  };
}

function pageOf(page: FilePrometheus | undefined): Pick<Probes, "prometheus" | "metrics"> {
  if (page === undefined || typeof page === "string") return { prometheus: page };
  const { path, tasks, fds, memory } = page;
  const named = Object.entries({ tasks, fds, liveBytes: memory }).filter(([, name]) => name !== undefined);
  return { prometheus: path, ...(named.length > 0 && { metrics: Object.fromEntries(named) }) };
}

function commandOf(name: string, probe: FileCommandProbe): CommandProbe {
  const { command, within } =
    typeof probe === "object" && "within" in probe ? probe : { command: probe, within: defaultWithin };
  return { name, command: words(command), withinMs: ms(within) };
}
