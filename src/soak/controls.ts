import type { Snapshot } from "../model/snapshot.js";

/** The run that is under way. */
export interface Controlled {
  /** The load is to be held back, or to go on. */
  readonly onPause: () => void;
  readonly onResume: () => void;
  /** The tool is about to stand still. */
  readonly onSuspend: () => void;
  /** Looks, and puts it into the record; undefined where there is nothing left to look at. */
  readonly look: () => Promise<Snapshot | undefined>;
  /** Operations and looks that are under way. */
  readonly busy: () => number;
}

/** What somebody who looks on can ask of the run that is under way, whichever that is. */
export class Controls {
  #run: Controlled | undefined;
  #isPaused = false;

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** A pause that was asked for before holds for it as well. @returns what lets go of it */
  attend(run: Controlled): () => void {
    this.#run = run;
    if (this.#isPaused) run.onPause();
    return () => {
      if (this.#run === run) this.#run = undefined;
    };
  }

  pause(): void {
    this.#isPaused = true;
    this.#run?.onPause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#run?.onResume();
  }

  /** To be called with a pause under way, just before the tool stands still; `resume` ends it. */
  suspend(): void {
    this.#run?.onSuspend();
  }

  get busy(): number {
    return this.#run?.busy() ?? 0;
  }

  async look(): Promise<Snapshot | undefined> {
    return this.#run?.look();
  }
}
