import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../src/model/clock.js";
import type { Limits, Ready, TargetSpec } from "../../src/model/scenario.js";
import { createCgroup } from "../../src/target/cgroup.js";
import { type LaunchOptions, launch } from "../../src/target/launch.js";
import { runCgroupPath } from "../../src/target/own-cgroup.js";
import { freePort } from "../../src/target/port.js";
import type { Target } from "../../src/target/target.js";

const wallClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  },
};

const noLimits: Limits = { fds: undefined, processes: undefined, memoryBytes: undefined };

/** Whether this system lets a run have a cgroup. */
export const cgroupPossible: boolean = canMakeCgroup();

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/target/${name}`, import.meta.url));
}

/** A Node fixture with its arguments, or a shell one. */
export function words(name: string, ...args: string[]): string[] {
  return [...(name.endsWith(".mjs") ? [process.execPath] : []), fixture(name), ...args];
}

export interface Asked {
  readonly words: readonly string[];
  readonly how?: Ready["how"];
  readonly withinMs?: number;
  readonly limits?: Partial<Limits>;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly tls?: TargetSpec["tls"];
}

/** What a test launched, to be undone. */
export class Launching {
  readonly #targets: Target[] = [];
  readonly #folders: string[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), "watertight-test-"));
    this.#folders.push(folder);
    return folder;
  }

  async options(asked: Asked): Promise<LaunchOptions> {
    const { how = { kind: "log", pattern: "ready" }, withinMs = 20_000, limits, env = {}, cwd, tls } = asked;
    const ready = { how, withinMs };
    const spec = { command: asked.words, cwd, env, ready, limits: { ...noLimits, ...limits }, url: "", tls };
    const where = { logDir: this.folder(), pathAppend: [], clock: wallClock };
    return { spec, words: asked.words, port: await freePort(), runId: randomUUID(), ...where };
  }

  async start(asked: Asked, more: Partial<LaunchOptions> = {}): Promise<Target> {
    const target = await launch({ ...(await this.options(asked)), ...more });
    this.#targets.push(target);
    return target;
  }

  async undo(): Promise<void> {
    for (const target of this.#targets.splice(0)) await target.stop({ signal: "SIGTERM", withinMs: 0 });
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

/** The processes with this text in their command line or environment, whoever their parents are. */
export function pidsNaming(text: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .filter((pid) =>
      [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].some((path) => textOf(path).includes(text)),
    );
}

export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Polls, with a limit so generous that only what never happens runs into it. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 800 && !condition(); tries += 1) await delay(25);
  if (!condition()) throw new Error(`never came true: ${condition.toString()}`);
}

function canMakeCgroup(): boolean {
  const path = runCgroupPath("/proc", randomUUID());
  return path !== undefined && createCgroup(path)?.remove() === true;
}
