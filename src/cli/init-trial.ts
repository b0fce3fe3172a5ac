import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setInterval as every } from "node:timers";
import { Problem } from "../model/problem.js";
import { fewestBatches, type Scenario } from "../model/scenario.js";
import type { ScenarioResult } from "../model/verdict.js";
import { parseScenario } from "../scenario/parse.js";
import { withSize } from "../scenario/size.js";
import { folderListeners } from "./folder-listeners.js";
import type { Host } from "./host.js";
import { procRoot } from "./platform.js";
import { soakOne } from "./soak-one.js";

export interface Trial {
  readonly went: "well" | "badly";
  /** Sessions that did what their steps say. */
  readonly landed: number;
  /** What is wrong, in one line or two. */
  readonly why: string | undefined;
  /** Last lines of the server's output. */
  readonly said: readonly string[];
  /** Ports on which the server was seen to listen, whatever it was told. */
  readonly ports: readonly number[];
}

export interface TrialOptions {
  readonly folder: string;
  readonly host: Host;
  readonly stop: AbortSignal;
}

/** Starts the server once, drives a few sessions one at a time, and stops it again. Nothing is kept of it. */
export async function tryScenario(text: string, path: string, options: TrialOptions): Promise<Trial> {
  const { folder, host, stop } = options;
  const scenario = tiny(withSize(parseScenario(text, path), {}));
  const outDir = await mkdtemp(join(tmpdir(), "watertight-init-"));
  const ports = new Set<number>();
  const before = new Set(folderListeners(procRoot, folder).map(({ pid }) => pid));
  const watching = every(() => {
    for (const { pid, port } of folderListeners(procRoot, folder)) if (!before.has(pid)) ports.add(port);
  }, watchEveryMs);
  try {
    const { result } = await soakOne({
      scenario,
      quick: true,
      plant: undefined,
      seed: 1,
      outDir,
      host,
      stop,
      onProgress: () => undefined,
    });
    return { ...trialOf(result), ports: [...ports] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      went: "badly",
      landed: 0,
      why: [error.message, error.why].filter(Boolean).join(": "),
      said: [],
      ports: [...ports],
    };
  } finally {
    clearInterval(watching);
    await rm(outDir, { recursive: true, force: true });
  }
}

const watchEveryMs = 400;
const trialSettle = { quietMs: 100, withinMs: 1000 };

/** So few sessions tell nothing of leaks; they tell whether the scenario fits the server. */
function tiny(scenario: Scenario): Scenario {
  const operations = Math.max(fewestBatches, 2 * scenario.flows.length);
  const load = {
    ...scenario.load,
    operations,
    maxOperations: operations,
    batch: 1,
    concurrency: 1,
    warmup: 0,
    rampMs: 0,
    maxFailed: 1,
  };
  return { ...scenario, load, settle: trialSettle, drainMs: 100 };
}

function trialOf({ operations, broke, logTail, notes }: ScenarioResult): Omit<Trial, "ports"> {
  const { landed, failed } = operations;
  const why = broke ?? (failed === 0 ? undefined : notes.find((note) => note.includes("operations failed")));
  const went = why === undefined && landed > 0 ? "well" : "badly";
  return { went, landed, why: why ?? (landed === 0 ? "no session landed" : undefined), said: logTail };
}
