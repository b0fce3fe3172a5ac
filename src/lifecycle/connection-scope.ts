import { type Outcome, withinLimit } from "./time-limit.js";

export interface ConnectionScopeOptions {
  /** How long one release may keep the others waiting; default 5000. */
  readonly stepTimeoutMs?: number | undefined;
  /** Told of each release that failed or hung. */
  readonly onProblem?: ((report: ReleaseReport) => void) | undefined;
}

/** How the release of one thing ended. */
export type ReleaseReport = { readonly name: string } & Outcome;

interface Owned {
  readonly name: string;
  readonly release: () => void | Promise<void>;
}

/** Everything that is held for one connection, so that one call gives all of it back. */
export class ConnectionScope {
  readonly #options: ConnectionScopeOptions;
  readonly #controller = new AbortController();
  readonly #owned = new Set<Owned>();
  #closing: Promise<ReleaseReport[]> | undefined;

  constructor(options: ConnectionScopeOptions = {}) {
    this.#options = options;
  }

  /** Aborted first of all when the scope closes. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Has `release` called when the scope closes; at once if it has closed already.
   * @returns disowns it: somebody else has released it, or will
   */
  own(name: string, release: () => void | Promise<void>): () => void {
    const owned = { name, release };
    if (this.#closing) void this.#release(owned);
    else this.#owned.add(owned);
    return () => void this.#owned.delete(owned);
  }

  /** As the global one, cleared when the scope closes. @returns clears it */
  setTimeout(callback: () => void, ms: number): () => void {
    if (this.#closing) return () => {};
    const timer = setTimeout(() => {
      disown();
      callback();
    }, ms);
    const disown = this.own("timeout", () => clearTimeout(timer));
    return () => {
      clearTimeout(timer);
      disown();
    };
  }

  /** As the global one, cleared when the scope closes. @returns clears it */
  setInterval(callback: () => void, ms: number): () => void {
    if (this.#closing) return () => {};
    const timer = setInterval(callback, ms);
    const disown = this.own("interval", () => clearInterval(timer));
    return () => {
      clearInterval(timer);
      disown();
    };
  }

  /**
   * Aborts the signal, then releases everything, the last one owned first. One that throws or hangs
   * does not stop the others. A second call shares the first one's run. Never rejects.
   */
  close(reason?: unknown): Promise<ReleaseReport[]> {
    this.#closing ??= this.#releaseAll();
    this.#controller.abort(reason);
    return this.#closing;
  }

  async #releaseAll(): Promise<ReleaseReport[]> {
    // The signal first; whatever its listeners disown is then no longer ours.
    await Promise.resolve();
    const reports: ReleaseReport[] = [];
    for (const owned of [...this.#owned].toReversed()) {
      if (this.#owned.delete(owned)) reports.push(await this.#release(owned));
    }
    return reports;
  }

  async #release({ name, release }: Owned): Promise<ReleaseReport> {
    const report = { name, ...(await withinLimit(release, this.#options.stepTimeoutMs ?? 5000)) };
    if (report.outcome !== "done") this.#options.onProblem?.(report);
    return report;
  }
}
