import type { Report, Reporter, RunEvent } from "../../model/reporting.js";
import type { Sink } from "./sink.js";
import { within } from "./within.js";

interface Parts {
  readonly name: string;
  readonly sink: Sink;
  readonly reporter: Reporter;
  /** It wants to know how the command ends, so its file is closed after all others. */
  readonly isLast: boolean;
  readonly onFail: (error: unknown) => void;
}

/** A reporter at work. Once it has failed it is not asked again, and its file is not written. */
export class Opened {
  readonly #parts: Parts;
  #isFailed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  get isLast(): boolean {
    return this.#parts.isLast;
  }

  get isFailed(): boolean {
    return this.#isFailed;
  }

  event(event: RunEvent): void {
    if (this.#isFailed) return;
    try {
      const told: unknown = this.#parts.reporter.onEvent?.(event);
      // One that is async by mistake must not end the tool.
      if (told instanceof Promise) told.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  async end(report: Report, withinMs: number): Promise<void> {
    if (this.#isFailed) return;
    try {
      await within(withinMs, () => this.#parts.reporter.onEnd?.(report));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @returns the file that was written. */
  async close(): Promise<string | undefined> {
    if (this.#isFailed) return undefined;
    try {
      return await this.#parts.sink.close();
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    if (this.#isFailed) return;
    this.#isFailed = true;
    this.#parts.onFail(error);
  }
}
