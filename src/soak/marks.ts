import { operationsIn } from "../drive/random.js";
import type { Clock } from "../model/clock.js";
import { valueOf } from "../model/reading.js";
import { type ProcessEntry, type ProcessIdentity, processKey, type SessionMark } from "../model/resource.js";
import { readCmdline } from "../proc/cmdline.js";
import { readEnviron } from "../proc/environ.js";
import { readStat } from "../proc/stat.js";

export interface MarksOptions {
  readonly procRoot: string;
  /** Of the session ids. */
  readonly seed: number;
  readonly clock: Pick<Clock, "monotonic">;
}

/** Between fork and exec a process still shows what its parent was started with: the last look counts. */
const looksEach = 2;
/** Arguments and environment may be megabytes; who is not reached is looked at the next time. */
const glanceMs = 20;
const sampleMs = 500;
/** Forks between two samples; those longest known are forgotten past that. */
const mostKnown = 50_000;

interface Known {
  readonly looks: number;
  readonly mark: SessionMark | undefined;
}

/**
 * Which operation the processes of a target were started for: the one whose session id is in the arguments, or else in
 * the environment. Each process is read twice when it is new, and its mark outlives it: a zombie has neither.
 */
export class Marks {
  readonly #options: MarksOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: MarksOptions) {
    this.#options = options;
  }

  /** Reads those that are new: cheap enough for a few times a second. */
  see(processes: readonly ProcessIdentity[]): void {
    this.#see(processes, glanceMs);
  }

  /** A whole sample of the target, with the marks. Who is not in it is gone. */
  mark(processes: readonly ProcessEntry[]): ProcessEntry[] {
    this.#see(processes, sampleMs);
    const here = new Set(processes.map(processKey));
    for (const key of this.#known.keys()) if (!here.has(key)) this.#known.delete(key);
    return this.marked(processes);
  }

  /** The same processes with the marks that were seen in them. */
  marked(processes: readonly ProcessEntry[]): ProcessEntry[] {
    return processes.map((entry) => {
      const mark = this.#known.get(processKey(entry))?.mark;
      return mark ? { ...entry, mark } : entry;
    });
  }

  #see(processes: readonly ProcessIdentity[], withinMs: number): void {
    const { clock } = this.#options;
    const byMs = clock.monotonic() + withinMs;
    for (const process of processes) {
      const key = processKey(process);
      const { looks, mark } = this.#known.get(key) ?? { looks: 0, mark: undefined };
      if (looks >= looksEach) continue;
      if (clock.monotonic() > byMs) return;
      this.#keep(key, { looks: looks + 1, mark: this.#read(process, mark) });
    }
  }

  #keep(key: string, known: Known): void {
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }

  /** What was seen before stays where nothing is found now. Two operations in one place are no mark. */
  #read(process: ProcessIdentity, before: SessionMark | undefined): SessionMark | undefined {
    const { where, operations } = this.#sessionsIn(process.pid);
    const [operation, another] = operations;
    if (operation === undefined || !this.#isStill(process)) return before;
    if (another !== undefined) return undefined;
    return before?.operation === operation && before.where === where ? before : { operation, where };
  }

  #sessionsIn(pid: number): { readonly where: SessionMark["where"]; readonly operations: readonly number[] } {
    const { procRoot, seed } = this.#options;
    const inArguments = operationsIn(joined(valueOf(readCmdline(procRoot, pid))), seed);
    if (inArguments.length > 0) return { where: "arguments", operations: inArguments };
    const environment = joined(valueOf(readEnviron(procRoot, pid))?.values());
    return { where: "environment", operations: operationsIn(environment, seed) };
  }

  /** The pid may have gone to another process since it was listed. */
  #isStill({ pid, startTicks }: ProcessIdentity): boolean {
    return valueOf(readStat(this.#options.procRoot, pid))?.startTicks === startTicks;
  }
}

function joined(texts: Iterable<string> | undefined): string {
  return [...(texts ?? [])].join("\0");
}
