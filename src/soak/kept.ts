import type { Operation } from "../model/operation.js";
import type {
  LoadLine,
  LookLine,
  PauseLine,
  RecordLine,
  RunLine,
  RunRecord,
  StartedLine,
  TickLine,
} from "../model/record.js";
import type { Snapshot } from "../model/snapshot.js";
import { sharing } from "./sharing.js";

/**
 * What was recorded so far, in memory, for the judgements under way. It has to be lean, since a run may go on for
 * days: snapshots share what has not changed, and operations of one batch that went alike are one object, without
 * ports, and with the number and the times of the first of them.
 */
export class Kept {
  #run: RunLine | undefined;
  #started: StartedLine | undefined;
  readonly #operations: Operation[] = [];
  readonly #snapshots: Snapshot[] = [];
  readonly #ticks: TickLine[] = [];
  readonly #looks: LookLine[] = [];
  readonly #loads: LoadLine[] = [];
  readonly #notes: string[] = [];
  readonly #pauses: PauseLine[] = [];
  /** Of the last batch, by what makes them alike. */
  readonly #alike = new Map<string, Operation>();

  add(line: RecordLine): void {
    if (line.type === "operation") this.#operations.push(this.#shared(line));
    if (line.type === "snapshot") this.#snapshots.push(sharing(this.#snapshots.at(-1), line));
    if (line.type === "tick") this.#ticks.push(line);
    if (line.type === "look") this.#looks.push(line);
    if (line.type === "load") this.#loads.push(line);
    if (line.type === "note") this.#notes.push(line.text);
    if (line.type === "pause") this.#pauses.push(line);
    if (line.type === "run") this.#run = line;
    if (line.type === "started") this.#started = line;
  }

  /** As a reader would find it if the run ended here. It grows with the run: it is no copy. */
  record(): RunRecord {
    if (!this.#run) throw new Error("nothing was recorded yet");
    return {
      run: this.#run,
      started: this.#started,
      operations: this.#operations,
      snapshots: this.#snapshots,
      ticks: this.#ticks,
      looks: this.#looks,
      loads: this.#loads,
      notes: this.#notes,
      ...(this.#pauses.length > 0 ? { pauses: this.#pauses } : {}),
      stop: undefined,
      end: undefined,
      truncated: true,
    };
  }

  #shared(operation: Operation): Operation {
    if (this.#operations.at(-1)?.batch !== operation.batch) this.#alike.clear();
    const { batch, flow, outcome, step, reason, tail } = operation;
    const key = JSON.stringify([batch, flow, outcome, step, reason, tail]);
    const first = this.#alike.get(key) ?? { ...operation, localPorts: [] };
    this.#alike.set(key, first);
    return first;
  }
}
