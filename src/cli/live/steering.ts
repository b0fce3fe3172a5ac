import { setTimeout as sleep } from "node:timers/promises";
import { lookLines } from "../../report/live/look.js";
import type { LiveState } from "../../report/live/state.js";
import type { Controls } from "../../soak/controls.js";
import { heldAt } from "../../soak/held-at.js";
import type { Host } from "../host.js";
import type { Interrupts } from "../interrupts.js";
import type { Key } from "./keyboard.js";
import { standStill } from "./stand-still.js";

/** What the keys of a view act on. */
export interface Steered {
  readonly interrupts: Interrupts;
  readonly controls: Controls;
}

/** What the keys need of the view. */
export interface Surface {
  readonly host: Host;
  readonly say: (text: string) => void;
  readonly update: () => void;
  readonly leave: () => void;
  readonly enter: () => void;
  readonly shown: () => Pick<LiveState, "rows" | "kind" | "isPausable">;
  /** Columns of a line that is said. */
  readonly width: () => number;
}

/** Sessions that take longer to end are cut by the tool's standing still. */
const calmWithinMs = 5000;
const calmEveryMs = 25;

/** Does what the keys say. */
export class Steering {
  readonly #steered: Steered;
  readonly #surface: Surface;
  #help = false;
  #isLooking = false;
  #isSuspending = false;

  constructor(steered: Steered, surface: Surface) {
    this.#steered = steered;
    this.#surface = surface;
  }

  get help(): boolean {
    return this.#help;
  }

  get isPausing(): boolean {
    return this.#steered.controls.isPaused;
  }

  readonly key = (key: Key): void => {
    this.#actions[key]();
    this.#surface.update();
  };

  readonly #actions: Readonly<Record<Key, () => void>> = {
    q: () => this.#stop(),
    s: () => void this.#look(),
    "?": () => {
      this.#help = !this.#help;
    },
    space: () => this.#pauseOrGoOn(),
    "ctrl-c": () => this.#steered.interrupts.handle("SIGINT"),
    "ctrl-z": () => void this.suspend(0),
    "ctrl-\\": () => this.#abandon(),
  };

  #stop(): void {
    const { interrupts } = this.#steered;
    if (interrupts.asked.aborted) return;
    this.#surface.say("stopping: no more load, judging what there is; Ctrl-C to leave at once");
    interrupts.end();
  }

  #pauseOrGoOn(): void {
    const { controls, interrupts } = this.#steered;
    if (interrupts.asked.aborted) return;
    if (!this.#surface.shown().isPausable) {
      this.#surface.say("it cannot be paused: the load is made elsewhere");
      return;
    }
    if (controls.isPaused) controls.resume();
    else controls.pause();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const snapshot = await this.#steered.controls.look();
      this.#surface.say(
        snapshot
          ? lookLines(
              { snapshot, held: heldAt(snapshot), ...this.#surface.shown() },
              this.#surface.width(),
            ).join("\n")
          : "there is nothing to look at now: no target runs",
      );
    } finally {
      this.#isLooking = false;
    }
  }

  /** @param pid 0 = everybody in the process group, as a terminal does it. */
  async suspend(pid: number): Promise<void> {
    if (this.#isSuspending) return;
    this.#isSuspending = true;
    const { controls } = this.#steered;
    const wasPaused = controls.isPaused;
    controls.pause();
    await this.#calm();
    controls.suspend();
    this.#surface.leave();
    await standStill(this.#surface.host, pid);
    if (!wasPaused) controls.resume();
    this.#isSuspending = false;
    this.#surface.enter();
  }

  /** Operations whose tool stands still would time out. */
  async #calm(): Promise<void> {
    const untilMs = performance.now() + calmWithinMs;
    while (this.#steered.controls.busy > 0 && performance.now() < untilMs) await sleep(calmEveryMs);
  }

  #abandon(): void {
    const { host, leave } = this.#surface;
    leave();
    host.kill(host.pid, "SIGQUIT");
  }
}
