import { type Count, type Engine, type EngineName, engineNames } from "../model/engine.js";
import type { FileCommand, FileCount, FileEngine } from "./file.js";
import { words } from "./normalise-step.js";
import { ms } from "./units.js";

const defaults = { within: "10m", every: "10s" };

/** The engine of a load; undefined where the flows drive. */
export function engineOf({ command, engine, count, within, external }: FileEngine): Engine | undefined {
  if (external !== undefined) {
    const { metric, every = defaults.every } = external === true ? {} : external;
    return { kind: "external", slotMs: ms(every), ...(metric && { count: { from: "metric", ...metric } }) };
  }
  if (command === undefined) return undefined;
  const withinMs = ms(within ?? defaults.within);
  const counted = count ? countOf(count) : summaryOf(engine ?? namedIn(command));
  return { kind: "command", command: words(command), count: counted, withinMs };
}

function countOf(count: FileCount): Count {
  return "output" in count
    ? { from: "output", pattern: count.output }
    : { from: "metric", url: count.metric.url, name: count.metric.name };
}

/** The checks have seen that it is known. */
function summaryOf(name: EngineName | undefined): Count {
  return { from: "summary", of: name ?? "k6" };
}

/** The first program that is an engine, be it within a line for a shell or started by `npx`. */
export function namedIn(command: FileCommand): EngineName | undefined {
  const programs = words(command)
    .flatMap((word) => word.split(/[\s|;&()]+/))
    .map((word) => word.slice(word.lastIndexOf("/") + 1).replace(/\.[cm]?js$/, ""));
  const named = programs.find((program) => engineNames.some((name) => name === program));
  return engineNames.find((name) => name === named);
}
