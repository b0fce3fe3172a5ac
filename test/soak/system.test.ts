import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { wallClock } from "../../src/cli/wall-clock.js";
import { valueOf } from "../../src/model/reading.js";
import { readStat } from "../../src/proc/stat.js";
import { systemFacts } from "../../src/soak/system.js";

const msPerTick = 10;
/** Uptime and start ticks are both of whole hundredths of a second. */
const slackMs = 2 * msPerTick;

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of started.splice(0)) await end();
});

/** A process, and between which moments it was started. */
function start(): { pid: number; afterMs: number; beforeMs: number } {
  const afterMs = Date.now();
  const child = spawn("sleep", ["60"]);
  const beforeMs = Date.now();
  started.push(async () => {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  });
  if (child.pid === undefined) throw new Error("no sleep");
  return { pid: child.pid, afterMs, beforeMs };
}

it("knows when the machine booted so well that the start times of processes are right to two ticks", () => {
  const bootMs = systemFacts("/proc", wallClock).bootMs ?? Number.NaN;
  for (let i = 0; i < 5; i++) {
    const { pid, afterMs, beforeMs } = start();
    const ticks = valueOf(readStat("/proc", pid))?.startTicks ?? Number.NaN;
    const startedMs = bootMs + ticks * msPerTick;
    expect(startedMs).toBeGreaterThanOrEqual(afterMs - slackMs);
    expect(startedMs).toBeLessThanOrEqual(beforeMs + slackMs);
  }
});

it("does not know it where there is no uptime", () => {
  expect(systemFacts("/nowhere", wallClock).bootMs).toBeUndefined();
});
