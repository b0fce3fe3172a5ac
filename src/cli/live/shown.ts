import type { Progress } from "../../model/progress.js";
import { History } from "../../report/live/history.js";
import type { Kind, LiveState, Row } from "../../report/live/state.js";
import { growthOf } from "../../soak/growth.js";

/** What is known of a scenario before it begins. */
export interface Beginning {
  readonly scenario: string;
  readonly kind?: Kind;
  readonly place?: LiveState["place"];
  readonly expectedMs?: number | undefined;
  /** What comes after it, by estimate. */
  readonly thenMs?: number | undefined;
  /** Somebody else makes the load, or it is not to be paused here. */
  readonly isPausable?: boolean;
}

type Moment = Pick<LiveState, "stopping" | "keys" | "help" | "pausing">;

/** One scenario as a live view shows it. */
export class Shown {
  readonly #beginning: Beginning;
  readonly #sinceMs = performance.now();
  readonly #history = new History(isGrowing);
  #progress: Progress;

  constructor(beginning: Beginning) {
    this.#beginning = beginning;
    this.#progress = { ...nothing, scenario: beginning.scenario };
  }

  get scenario(): string {
    return this.#beginning.scenario;
  }

  add(progress: Progress): void {
    this.#progress = { ...progress, scenario: this.#beginning.scenario };
    this.#history.add(progress);
  }

  state(moment: Moment): LiveState {
    const { place, expectedMs, thenMs, kind = "run", isPausable = false } = this.#beginning;
    return {
      progress: this.#progress,
      place,
      elapsedMs: performance.now() - this.#sinceMs,
      expectedMs,
      thenMs,
      rows: this.#history.rows(),
      kind,
      isPausable,
      ...moment,
    };
  }
}

const nothing: Omit<Progress, "scenario"> = {
  phase: "start",
  batch: 0,
  batches: undefined,
  operations: 0,
  totalOperations: undefined,
  failed: 0,
  perSecond: undefined,
  etaMs: undefined,
  tasks: undefined,
  fds: undefined,
  processes: undefined,
  ptys: undefined,
  rssBytes: undefined,
};

/** Points of quiet come at no even pace: which of them comes when says nothing. */
function isGrowing(points: readonly number[], unit: Row["unit"]): boolean {
  const at = points.map((value, index) => ({ value, atMs: index }));
  return growthOf(at, unit) !== undefined;
}
