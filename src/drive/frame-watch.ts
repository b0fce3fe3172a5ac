import { takeAll } from "./capture.js";
import { StepFailure, inert } from "./failure.js";
import { look, type Seen } from "./match.js";
import type { Values } from "./placeholders.js";
import type { Awaited, Awaiting, Watch } from "./watch.js";

/** Enough bytes for the 120 characters that a reason shows. */
const glanceBytes = 480;
/** Of frames that came before it was known what to look for; the oldest go first. */
const mostHeldBytes = 1024 ** 2;

/** One message as it came. */
export interface Frame {
  readonly data: Buffer;
  readonly isBinary?: boolean;
  /** Of a stream of events. */
  readonly event?: string;
}

/**
 * Looks at the frames of one connection as they come and ticks off what is awaited in order.
 * The steps are known beforehand, so no frame needs to be kept: a flood costs no memory, and a
 * frame that came before its `expect` counts as if it had waited in a queue. Only what is awaited with a variable
 * that no step has set yet must wait in one.
 */
export class FrameWatch implements Watch {
  protected readonly awaiting: Awaiting;
  readonly #awaited: readonly Awaited[];
  #matched = 0;
  #asked = 0;
  #last: string | undefined;
  #taken: (Values | StepFailure)[] | undefined;
  #held: Frame[] | undefined;
  #heldBytes = 0;

  constructor(awaited: readonly Awaited[], awaiting: Awaiting) {
    this.#awaited = awaited;
    this.awaiting = awaiting;
  }

  /** @returns true when the frame is the next awaited one. */
  see(frame: Frame): boolean {
    const awaited = this.current;
    if (!awaited) return false;
    if (!this.isKnown(awaited)) return this.#hold(frame);
    if (this.#held) this.recheck();
    return this.#look(frame);
  }

  recheck(): void {
    const held = this.#held;
    if (!held || (this.current && !this.isKnown(this.current))) return;
    this.#held = undefined;
    this.#heldBytes = 0;
    for (const frame of held) this.see(frame);
  }

  next(): number {
    return ++this.#asked;
  }

  has(nth: number): boolean {
    return this.#matched >= nth;
  }

  taken(nth: number): Values | StepFailure | undefined {
    return this.#taken?.[nth - 1];
  }

  get last(): string {
    return this.#last === undefined ? "no other frame came" : `last frame was ${inert(this.#last)}`;
  }

  protected get current(): Awaited | undefined {
    return this.#awaited[this.#matched];
  }

  protected isKnown({ after }: Awaited): boolean {
    return this.awaiting.at > after;
  }

  /** Text that is not awaited; a little of it is shown where what is awaited does not come. */
  protected passOver(text: string): void {
    this.#last = text;
  }

  protected tick({ step }: Awaited, seen: Seen, text: string): void {
    if (seen.groups !== undefined || step.capture !== undefined) {
      this.#taken ??= [];
      this.#taken[this.#matched] = this.#take(step, seen, text);
    }
    this.#matched++;
  }

  #take(step: Awaited["step"], { groups }: Seen, text: string): Values | StepFailure {
    try {
      return { ...groups, ...takeAll(step.capture, { text }, this.awaiting.fill) };
    } catch (error) {
      if (error instanceof StepFailure) return error;
      throw error;
    }
  }

  #look({ data, isBinary = false, event }: Frame): boolean {
    const awaited = this.current;
    if (!awaited) return false;
    const { match, event: wanted } = awaited.step;
    if (wanted === undefined || wanted === event) {
      const isTextNeeded = match.kind !== "any" || awaited.step.capture !== undefined;
      const text = isTextNeeded ? data.toString() : "";
      const seen = look(match, text, this.awaiting.fill);
      if (seen) {
        this.tick(awaited, seen, text);
        return true;
      }
    }
    this.passOver(isBinary ? `<binary, ${data.length} bytes>` : data.toString("utf8", 0, glanceBytes));
    return false;
  }

  #hold(frame: Frame): false {
    this.#held ??= [];
    this.#held.push(frame);
    this.#heldBytes += frame.data.length;
    while (this.#heldBytes > mostHeldBytes) this.#heldBytes -= this.#held.shift()?.data.length ?? 0;
    return false;
  }
}
