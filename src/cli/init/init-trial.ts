import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setInterval as every } from "node:timers";
import { Problem } from "../../model/problem.js";
import { fewestBatches, type Scenario } from "../../model/scenario.js";
import type { ScenarioResult } from "../../model/verdict.js";
import { parseScenario } from "../../scenario/parse.js";
import { withSize } from "../../scenario/size.js";
import { folderListeners } from "./folder-listeners.js";
import type { Host } from "../host.js";
import { procRoot } from "../platform.js";
import { soakOne } from "../soak-one.js";

export interface Trial {
  readonly went: "well" | "badly";
  /** Sessions that did what their steps say. */
  readonly landed: number;
  /** What is wrong, in one line or two. */
  readonly why: string | undefined;
  /** Lines of the server's output that tell what went wrong, else the last ones. */
  readonly said: readonly string[];
  /** Its output, as far as it is short. */
  readonly output: string;
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
  const trial = (found: Found): Trial => {
    const output = outputIn(outDir);
    return {
      ...found,
      why: found.why?.replace(seeFiles, ""),
      output,
      said: telling(output),
      ports: [...ports],
    };
  };
  try {
    const run = { scenario, quick: true, plant: undefined, seed: 1, outDir, host, stop };
    const { result } = await soakOne({ ...run, onProgress: () => undefined });
    return trial(trialOf(result));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return trial({ went: "badly", landed: 0, why: [error.message, error.why].filter(Boolean).join(": ") });
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

type Found = Pick<Trial, "went" | "landed" | "why">;

function trialOf({ operations, broke, notes }: ScenarioResult): Found {
  const { landed, failed } = operations;
  const why = broke ?? (failed === 0 ? undefined : notes.find((note) => note.includes("operations failed")));
  const went = why === undefined && landed > 0 ? "well" : "badly";
  return { went, landed, why: why ?? (landed === 0 ? "no session landed" : undefined) };
}

/** These are gone with the trial, and their lines stand below. */
const seeFiles = /;? ?(its last output:|it printed nothing;|to fix it:)[^]*$/;
const mostOutput = 64 * 1024;

function outputIn(folder: string): string {
  return ["target.stderr.log", "target.stdout.log"]
    .map((name) => join(folder, name))
    .map((path) => (existsSync(path) ? readFileSync(path, "utf8").slice(0, mostOutput) : ""))
    .join("\n");
}

const mostLines = 4;

function telling(output: string): string[] {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => /error|cannot|not found|denied|no module|in use/i.test(line));
  return errors.length > 0 ? errors.slice(0, mostLines) : lines.slice(-mostLines);
}
