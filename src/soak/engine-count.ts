import { closeSync, openSync, readSync } from "node:fs";
import { outputTally } from "../engine/output-pattern.js";
import type { EngineEnd } from "../engine/run-engine.js";
import type { Said, Tally } from "../engine/said.js";
import { summaries } from "../engine/summaries.js";
import type { Count } from "../model/engine.js";
import { formatBytes } from "../model/units.js";
import { Counter } from "./counter.js";
import { lastWords } from "./last-words.js";
import { Unlanded } from "./unlanded.js";

/** A longer report would have to be held in memory. */
const maxReportBytes = 16 * 1024 ** 2;

/** How it is known what an engine did. */
export class EngineCount {
  readonly #count: Count;
  readonly #counter: Counter | undefined;

  constructor(count: Count, values: Readonly<Record<string, string>>) {
    this.#count = count;
    this.#counter = count.from === "metric" ? new Counter(count, values) : undefined;
  }

  /** Who tells, in a few words. */
  get source(): string {
    const count = this.#count;
    if (count.from === "summary") return count.of;
    return this.#counter?.source ?? "its output";
  }

  /** Before the engine starts. */
  async begin(): Promise<void> {
    await this.#counter?.risen();
  }

  /** @throws Unlanded when nothing tells. */
  async end(end: EngineEnd, reportPath: string): Promise<Tally> {
    if (this.#counter) return { landed: await this.#counter.risen(), failed: 0 };
    const tally = this.#told({ ...end, report: readReport(reportPath) });
    if (!tally) throw new Unlanded(`${this.#silence()}${lastWords(end)}`);
    return tally;
  }

  #told(said: Said): Tally | undefined {
    const count = this.#count;
    if (count.from === "output") return outputTally(count.pattern, said);
    return count.from === "summary" ? summaries[count.of].read(said) : undefined;
  }

  #silence(): string {
    const count = this.#count;
    if (count.from !== "summary") return "nothing that the engine printed matches load.count.output";
    return `${count.of} did not tell how much it did; to fix it: ${summaries[count.of].fix}`;
  }
}

/** @throws Unlanded when it is too long. */
function readReport(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    const buffer = Buffer.alloc(maxReportBytes + 1);
    let size = 0;
    for (let read = -1; read !== 0 && size < buffer.length; size += read)
      read = readSync(file, buffer, size, buffer.length - size, null);
    if (size < buffer.length) return buffer.toString("utf8", 0, size);
  } finally {
    closeSync(file);
  }
  throw new Unlanded(`the engine wrote more than ${formatBytes(maxReportBytes)} to {out}`);
}
