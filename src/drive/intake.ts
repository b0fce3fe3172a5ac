import type { Framing } from "../model/scenario.js";
import { maxMessageBytes } from "./connection.js";
import { FrameWatch } from "./frame-watch.js";
import { LineSplitter } from "./line-splitter.js";
import { StreamWatch } from "./stream-watch.js";
import type { Awaited, Awaiting, Watch } from "./watch.js";

/** What a stream of bytes goes into: cut into lines, or as it comes. */
export interface Intake {
  readonly watch: Watch;
  /** True once a line has come that is too long. */
  readonly isTooLong: boolean;
  /** @returns true when something awaited has come */
  push(chunk: Buffer): boolean;
}

export function intakeFor(framing: Framing, awaited: readonly Awaited[], awaiting: Awaiting): Intake {
  if (framing === "line") return new LineIntake(new FrameWatch(awaited, awaiting));
  const watch = new StreamWatch(awaited, awaiting);
  return { watch, isTooLong: false, push: (chunk) => watch.push(chunk) };
}

class LineIntake implements Intake {
  readonly watch: FrameWatch;
  isTooLong = false;
  #isFound = false;
  readonly #lines: LineSplitter;

  constructor(watch: FrameWatch) {
    this.watch = watch;
    this.#lines = new LineSplitter(maxMessageBytes, (data) => {
      if (watch.see({ data })) this.#isFound = true;
    });
  }

  push(chunk: Buffer): boolean {
    this.#isFound = false;
    this.isTooLong = !this.#lines.push(chunk);
    return this.#isFound;
  }
}
