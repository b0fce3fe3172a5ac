import { closeSync, existsSync, openSync, readSync, rmSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Clock } from "../model/clock.js";
import { messageOf } from "../model/problem.js";
import type { OriginGroup } from "../model/origin.js";
import { formatBytes } from "../model/units.js";
import type { ProbeSample } from "../model/snapshot.js";
import { within } from "./limit.js";
import type { Probe, SampleOptions } from "./probe.js";
import { withLines } from "./source-lines.js";
import { StraceText } from "./strace-text.js";

/** More than this is not read. */
const mostBytes = 256 * 1024 ** 2;
const pieceBytes = 1024 ** 2;
const limitMs = 30_000;

export interface AttachStrace {
  /** What strace writes; it is removed at the close. */
  readonly file: string;
  readonly procRoot: string;
  readonly clock: Clock;
}

/** Follows the output of a strace that the target was started under. */
export function attachStrace(options: AttachStrace): Probe {
  return new StraceProbe(options);
}

class StraceProbe implements Probe {
  readonly name = "strace";
  readonly cost = "each call that opens something waits for strace to walk its stack";
  readonly connects = false;
  readonly #options: AttachStrace;
  readonly #text = new StraceText();
  readonly #piece = Buffer.alloc(pieceBytes);
  #fd: number | undefined;
  #read = 0;

  constructor(options: AttachStrace) {
    this.#options = options;
  }

  async sample({ origins, signal }: SampleOptions): Promise<ProbeSample> {
    const { clock, file } = this.#options;
    try {
      return await within({ clock, ms: limitMs, signal }, async (over) => {
        await this.#catchUp(over);
        if (this.#read >= mostBytes) throw new Error(`more than ${formatBytes(mostBytes)} were written`);
        return { probe: this.name, ...(origins ? { origins: await this.#origins(over) } : {}), gaps: [] };
      });
    } catch (error) {
      return { probe: this.name, gaps: [{ what: `the output of strace in ${file}`, why: messageOf(error) }] };
    }
  }

  async close(): Promise<void> {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    rmSync(this.#options.file, { force: true });
  }

  /** One piece a turn, so that the load is not held up. */
  async #catchUp(over: AbortSignal): Promise<void> {
    this.#fd ??= openSync(this.#options.file, "r");
    while (this.#read < mostBytes && !over.aborted) {
      const bytes = readSync(this.#fd, this.#piece);
      if (bytes === 0) return;
      this.#read += bytes;
      // Names of files and functions only: a byte for a character is enough, and none is cut in two.
      this.#text.push(this.#piece.toString("latin1", 0, bytes));
      await setImmediate();
    }
  }

  #origins(signal: AbortSignal): Promise<OriginGroup[]> {
    const { procRoot } = this.#options;
    return withLines(
      this.#text.groups((pid) => existsSync(`${procRoot}/${pid}`)),
      signal,
    );
  }
}
