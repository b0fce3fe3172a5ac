import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { valueOf } from "../model/reading.js";
import { hasExited, readStat } from "../proc/stat.js";
import { Family } from "../target/family.js";
import { killAll, sendSignal } from "../target/kill.js";

const markerName = "WATERTIGHT_ENGINE";
/** An engine that is interrupted writes its summary yet. */
const graceMs = 3000;
const lookEveryMs = 25;
const killWithinMs = 5000;

/** All that one run of an engine started, wherever it went: none of it is the target's. */
export class EngineTree {
  readonly #procRoot: string;
  readonly #id = randomUUID();
  #family: Family | undefined;

  constructor(procRoot: string) {
    this.#procRoot = procRoot;
  }

  /** The environment that marks it. */
  env(): NodeJS.ProcessEnv {
    return { ...process.env, [markerName]: this.#id };
  }

  begin(pid: number): void {
    const stat = valueOf(readStat(this.#procRoot, pid));
    if (!stat) return;
    this.#family = new Family({
      procRoot: this.#procRoot,
      marker: `${markerName}=${this.#id}`,
      cgroup: undefined,
      sinceTicks: stat.startTicks,
      outsiders: [process.pid],
    });
    this.#family.adopt(stat);
  }

  /** Interrupts it as a terminal would, where `gracious`, and kills what is left after a while. */
  async end(gracious: boolean): Promise<void> {
    const family = this.#family;
    if (!family) return;
    if (gracious) await this.#interrupt(family);
    // A look can miss a child whose parent ended while the list was read.
    if (family.running().length === 0 && family.running().length === 0) return;
    await killAll({ family, cgroup: undefined, withinMs: killWithinMs });
  }

  async #interrupt(family: Family): Promise<void> {
    for (const { pid } of family.running()) sendSignal(pid, "SIGINT");
    const latestMs = performance.now() + graceMs;
    while (performance.now() < latestMs && family.members().some((member) => !hasExited(member)))
      await sleep(lookEveryMs);
  }
}
