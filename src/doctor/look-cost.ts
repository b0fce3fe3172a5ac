import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Bench } from "tinybench";
import type { LookCost } from "../model/doctor.js";
import { sampleTree } from "../proc/entry.js";

export interface CostOptions {
  readonly procRoot: string;
  /** Trees of so many processes. */
  readonly sizes: readonly number[];
  /** Descriptors that one process holds; at most what its limit leaves. */
  readonly manyFds: number;
  /** For each tree. */
  readonly timeMs: number;
}

const everything = { fds: true, memory: true, sockets: true };

/**
 * One look as a run takes it, at trees of helpers that do nothing. They are ended by their pids, whatever happens.
 * Rejects where they cannot be started.
 */
export async function measureLooks(options: CostOptions): Promise<LookCost[]> {
  const helpers: ChildProcess[] = [];
  try {
    for (let n = 0; n < Math.max(...options.sizes); n++) helpers.push(idle());
    await Promise.all(helpers.map(started));
    const costs: LookCost[] = [];
    for (const size of options.sizes) costs.push(await measure(helpers.slice(0, size), options));
    const holder = holderOf(options.manyFds);
    helpers.push(holder);
    await holding(holder);
    costs.push(await measure([holder], options));
    return costs;
  } finally {
    await Promise.all(helpers.map(end));
  }
}

async function measure(
  helpers: readonly ChildProcess[],
  { procRoot, timeMs }: CostOptions,
): Promise<LookCost> {
  const pids = helpers.flatMap(({ pid }) => pid ?? []);
  const look = () => sampleTree(procRoot, pids, everything).processes;
  const fds = look().reduce((sum, entry) => sum + (entry.fds?.length ?? 0), 0);
  const bench = new Bench({ time: timeMs, warmup: false });
  bench.add("look", () => void look());
  await bench.run();
  const [task] = bench.tasks;
  const latency = task?.result && "latency" in task.result ? task.result.latency : undefined;
  return {
    processes: pids.length,
    fds,
    medianMs: latency?.p50 ?? Number.NaN,
    looks: latency?.samplesCount ?? 0,
  };
}

/** It ends by itself, should we be killed before we can end it. */
const longestSeconds = 60;

function idle(): ChildProcess {
  return spawn("sleep", [String(longestSeconds)], { stdio: "ignore" });
}

/** A process that holds many descriptors and says when it has them. */
function holderOf(fds: number): ChildProcess {
  const program = `const fs = require("node:fs");
    try { for (let n = 0; n < ${fds}; n++) fs.openSync("/dev/null"); } catch {}
    process.stdout.write("ready"); setTimeout(() => undefined, ${longestSeconds * 1000});`;
  return spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
}

async function holding(child: ChildProcess): Promise<void> {
  await started(child);
  if (child.stdout) await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
}

async function started(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) await once(child, "spawn");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
