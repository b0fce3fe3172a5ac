import type { RunLine } from "../model/record.js";
import type { RunReading } from "./reading.js";

/** What may differ beside the build, and changes what is measured: told, no more. */
const told: readonly { readonly what: string; readonly of: (run: RunLine) => string | number | undefined }[] =
  [
    { what: "the kernel", of: ({ system }) => system.kernel },
    { what: "the processors", of: ({ system }) => system.cpus },
    { what: "the memory of the machine", of: ({ system }) => system.memoryBytes },
    { what: "the Node that drove", of: ({ system }) => system.node },
    { what: "the tool", of: ({ tool }) => tool },
    { what: "the size", of: ({ quick }) => (quick ? "quick" : "full") },
    { what: "sessions at a time", of: ({ scenario }) => scenario.load.concurrency },
    { what: "operations in a batch", of: ({ scenario }) => scenario.load.batch },
    { what: "operations of the warm-up", of: ({ scenario }) => scenario.load.warmup },
    {
      what: "how it was started",
      of: ({ attached }) => (attached === undefined ? "by watertight" : "attached to"),
    },
  ];

/** Why two sets of usable runs of one scenario cannot be compared; undefined where they can. */
export function incomparable(
  before: readonly RunReading[],
  after: readonly RunReading[],
): string | undefined {
  const runs = [...before, ...after].map(({ run }) => run);
  if (valuesOf(runs, ({ scenario }) => JSON.stringify(scenario.flows)).length > 1)
    return "its flows are not the same in all records, so an operation of the one is not one of the other";
  if (valuesOf(runs, ({ scenario }) => JSON.stringify(scenario.load.engine ?? null)).length > 1)
    return "the load is not made by the same generator in all records";
  return undefined;
}

/** What is not the same in all runs, beside the build. */
export function differences(before: readonly RunReading[], after: readonly RunReading[]): string[] {
  const sides = [before, after].map((runs) => runs.map(({ run }) => run));
  return told.flatMap(({ what, of }) => {
    const [old = [], now = []] = sides.map((runs) => valuesOf(runs, of));
    const all = new Set([...old, ...now]);
    return all.size < 2
      ? []
      : [`not the same: ${what}, ${old.join(" and ")} before, ${now.join(" and ")} after`];
  });
}

function valuesOf<T>(runs: readonly RunLine[], of: (run: RunLine) => T): T[] {
  return [...new Set(runs.map(of))];
}
