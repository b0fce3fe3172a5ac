import { join } from "node:path";
import { launch, type Target } from "../target/launch.js";
import { straced } from "../target/strace.js";
import { heirText } from "./endings.js";
import type { Endpoint } from "./fill.js";
import type { Journal } from "./journal.js";
import type { SoakOptions } from "./run.js";
import { foldersIn } from "./socket-room.js";

export interface Launching {
  readonly options: SoakOptions;
  readonly journal: Pick<Journal, "note" | "waitFor">;
  readonly folder: string;
  readonly runId: string;
}

/** Starts the target of a run and waits until it is ready. */
export async function launched(
  { options, journal, folder, runId }: Launching,
  endpoint: Endpoint,
): Promise<Target> {
  const { pathAppend, clock, procRoot, stop, trace } = options;
  const { spec, port } = endpoint;
  const words = trace?.strace ? await straced(endpoint.words, straceFile(folder)) : endpoint.words;
  const where = { logDir: folder, pathAppend, procRoot, runId, preload: trace?.preload };
  const tempDirs = foldersIn(options.values);
  const target = await launch({
    spec,
    words,
    port,
    clock,
    signal: stop,
    tempDirs,
    onHeir: ({ pid, name }) => journal.note(heirText(pid, name)),
    onWait: (reason) => journal.waitFor(`the target: ${reason}`),
    ...where,
  });
  journal.waitFor(undefined);
  return target;
}

/** Removed when the run ends. */
export function straceFile(folder: string): string {
  return join(folder, "strace.out");
}
