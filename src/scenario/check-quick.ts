import { checkTold } from "./check-engine.js";
import { checkLoad } from "./check-load.js";
import type { FileLoad, FileQuick, ScenarioFile } from "./file.js";
import type { Mistake } from "./mistake.js";

interface Known {
  /** Some criterion that counts asks for power. */
  readonly asks: boolean;
  readonly isLoadRight: boolean;
}

/** The quick block as it will be: over the load of the file, where operations and duration put each other out. */
export function checkQuick(
  { load, quick }: Pick<ScenarioFile, "load" | "quick">,
  { asks, isLoadRight }: Known,
): readonly Mistake[] {
  if (!quick) return [];
  const ends = quick.operations !== undefined || quick.duration !== undefined;
  const { operations, duration } = ends ? quick : load;
  const { batch = load.batch, concurrency = load.concurrency } = quick;
  const sessions = quick.concurrency === undefined && operations !== undefined ? undefined : concurrency;
  const limits = limitsOf(quick, ends || !isLoadRight ? {} : load);
  const size = { operations, duration, batch, concurrency: sessions, ...limits };
  return [...checkTold(quick, load), ...checkLoad(size, asks, ["quick"]), ...checkDetect(quick, asks)];
}

/** How far the load may go on counts for a quick run only where that ends as the load does. */
function limitsOf(quick: FileQuick, load: FileLoad): Pick<FileLoad, "maxOperations" | "maxDuration"> {
  return {
    maxOperations: quick.maxOperations ?? load.maxOperations,
    maxDuration: quick.maxDuration ?? load.maxDuration,
  };
}

function checkDetect({ detect }: FileQuick, asks: boolean): readonly Mistake[] {
  if (detect === undefined || asks) return [];
  return [
    {
      path: ["quick", "detect"],
      atKey: true,
      text: "no criterion asks for power, so there is nothing to put `quick.detect` in place of",
      fix: `write \`detect: ${detect}\` at the top as well`,
    },
  ];
}
