import type { LiveView } from "../cli/live-view.js";
import { brokeProblem, messageOf, type Problem } from "../model/problem.js";
import type { Progress } from "../model/progress.js";

interface Watched {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The caller's eyes on a run. What they throw must not be thrown amid the run's own timers: it ends the run. */
export class Watcher implements Pick<LiveView, "begin" | "show" | "say" | "ended"> {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #failed = new AbortController();
  #problem: Problem | undefined;
  /** Aborted when there is to be no more load. */
  readonly stop: AbortSignal;

  constructor({ signal, onProgress }: Watched) {
    this.#tell = onProgress;
    this.stop = signal ? AbortSignal.any([signal, this.#failed.signal]) : this.#failed.signal;
  }

  readonly onProgress = (progress: Progress): void => {
    if (this.#problem) return;
    try {
      this.#tell?.(progress);
    } catch (error) {
      const fix = "catch it there: the run was ended for it";
      this.#problem = brokeProblem({ what: "onProgress threw", why: messageOf(error), fix }, error);
      this.#failed.abort();
    }
  };

  /** @throws Problem exit 4 */
  throwWhatWasThrown(): void {
    if (this.#problem) throw this.#problem;
  }

  show(progress: Progress): void {
    this.onProgress(progress);
  }

  // A second pass that is not made is seen in the result: no finding of it has an origin.
  begin(): void {}
  say(): void {}
  ended(): void {}
}
