import type { LookLine, RecordLine, TickLine } from "./record.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Sees whether the lines of a record come in the order of a run, by what only ever rises: operations,
 * batches, looks. Times are not among these: a clock can be set back while the run goes on.
 */
export class RecordOrder {
  #snapshot: Snapshot | undefined;
  #batch = 0;
  #tick: TickLine | undefined;
  #look = 0;
  #ended = false;

  /** What is out of order in the next line; undefined when nothing is. */
  misfit(line: RecordLine): string | undefined {
    if (this.#ended) return "it comes after the end line";
    if (line.type === "snapshot") return this.#misfitOfSnapshot(line);
    if (line.type === "tick") return this.#misfitOfTick(line);
    if (line.type === "look") return this.#misfitOfLook(line);
    this.#ended = line.type === "end";
    return undefined;
  }

  #misfitOfSnapshot(line: Snapshot): string | undefined {
    const { phase, batch, operations } = line;
    const before = this.#snapshot?.operations ?? 0;
    if (operations < before) return `its operations go back from ${before} to ${operations}`;
    const isRising = phase === "batch" ? batch > this.#batch : batch >= this.#batch;
    if (!isRising) return `its batch ${batch} (${phase}) comes after batch ${this.#batch}`;
    this.#snapshot = line;
    this.#batch = batch;
    return undefined;
  }

  #misfitOfTick(line: TickLine): string | undefined {
    const before = this.#tick?.operations ?? 0;
    if (line.operations < before) return `its operations go back from ${before} to ${line.operations}`;
    this.#tick = line;
    return undefined;
  }

  #misfitOfLook({ look }: LookLine): string | undefined {
    if (look <= this.#look) return `its look ${look} comes after look ${this.#look}`;
    this.#look = look;
    return undefined;
  }
}
