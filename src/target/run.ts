import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Clock } from "../model/clock.js";
import type { TargetSpec } from "../model/scenario.js";
import { readStat } from "../proc/stat.js";
import type { Running } from "./end.js";
import { Family } from "./family.js";
import type { Guarded } from "./guard.js";
import { Lead, type LeadOptions } from "./lead.js";
import { keepLogs } from "./logs.js";
import { placeOf } from "./listening.js";
import { markedEnv, start, type TargetProcess, targetEnv } from "./start.js";
import type { ExitInfo } from "./target.js";

export interface RunOptions {
  readonly spec: TargetSpec;
  /** The command with its placeholders filled. */
  readonly words: readonly string[];
  /** Where the target is to listen; nobody may listen there yet. */
  readonly port: number;
  readonly runId: string;
  /** Gets target.stdout.log and target.stderr.log. */
  readonly logDir: string;
  /** Folders put at the end of the target's PATH. */
  readonly pathAppend: readonly string[];
  /** URL of a module that a Node target loads before its own code. */
  readonly preload?: string | undefined;
  readonly clock: Clock;
  /** Told of the process that is followed once the command has exited with 0 and left it behind. */
  readonly onHeir?: LeadOptions["onHeir"];
}

/** Starts the process and begins to follow it. Rejects when it cannot be started, and leaves none. */
export async function run(options: RunOptions, guarded: Guarded): Promise<Running> {
  const { spec, words, clock, logDir } = options;
  const { cgroup, keeper, marker, procRoot } = guarded;
  mkdirSync(logDir, { recursive: true });
  const env = markedEnv(targetEnv(options), options);
  const child = start({ words, cwd: spec.cwd, env, limits: spec.limits, cgroup });
  if (child.pid === undefined) throw (await once(child, "error"))[0];
  const exited = exitOf(child, clock);
  // Even if it has exited already: Node cannot have reaped it before the next turn of the event loop.
  const stat = readStat(procRoot, child.pid);
  if (!stat.ok) {
    child.kill("SIGKILL");
    throw new Error(`cannot read ${stat.gap.what}: ${stat.gap.why}`);
  }
  const { pid, startTicks } = stat.value;
  const outsiders = [process.pid, keeper.pid];
  const onMember: Family["adopt"] = (member) => keeper.introduce(member);
  const family = new Family({ procRoot, marker, cgroup, sinceTicks: startTicks, outsiders, onMember });
  family.adopt(stat.value);
  const logs = keepLogs(logDir, child);
  const main = { pid, startTicks };
  const place = placeOf(spec.ready, options.port);
  const { onHeir } = options;
  const lead = new Lead({ child, main, exited, family, place, clock, procRoot, onHeir });
  return { lead, family, cgroup, keeper, logs, clock, procRoot };
}

function exitOf(child: TargetProcess, clock: Clock): Promise<ExitInfo> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal, atMs: clock.now() }));
  });
}
