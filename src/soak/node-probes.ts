import { trade } from "../judge/slots.js";
import type { Clock } from "../model/clock.js";
import { type Gap, valueOf } from "../model/reading.js";
import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import { attachNode, isNodeProgram } from "../probe/node-inspector.js";
import type { Probe } from "../probe/probe.js";
import { readExecutable } from "../proc/exe.js";
import { catchesSignal, readStatus } from "../proc/status.js";
import type { Target } from "../target/target.js";
import { listeningPorts } from "./listener.js";

/** Number of SIGUSR1 on every Linux that Node supports (signal(7)). */
const sigusr1 = 10;
/** Of the target's tree: a cluster has as many workers as there are cores. */
const mostProcesses = 16;
/** For all of them together, beyond the first: looking for an inspector that does not open takes seconds. */
const attachAllWithinMs = 15_000;

export interface NodeProbesOptions {
  readonly target: Pick<Target, "sample" | "logs">;
  readonly clock: Clock;
  readonly procRoot: string;
  /** A second pass. */
  readonly trace?: { readonly memory: boolean } | undefined;
  /** Where the probes are put, and taken out when another process has taken the place of the one they look at. */
  readonly into: Probe[];
}

interface Seat {
  readonly entry: ProcessEntry;
  readonly probe: Probe;
}

/** The looks into the Node processes of a target's tree, and into those that take their places. */
export class NodeProbes {
  readonly #options: NodeProbesOptions;
  readonly #seats: Seat[] = [];
  /** Who has been tried, whatever came of it: nobody is signalled twice. */
  readonly #tried = new Set<string>();
  #isBaseline = true;

  constructor(options: NodeProbesOptions) {
    this.#options = options;
  }

  /** Without a look into the listener there is none into the others: they alone would not be the target. */
  async attach(listener: ProcessEntry): Promise<readonly Gap[]> {
    const refused = await this.#attachTo(listener);
    return refused ? [refused] : this.#attachToOthers();
  }

  /**
   * At a quiet point. Before the baseline: workers that were started since. Later: who took the place of one that has
   * gone; what comes with a session is left alone.
   */
  async renew(): Promise<void> {
    if (this.#isBaseline && this.#seats.length > 0) await this.#attachToOthers();
    this.#isBaseline = false;
    const alive = this.#alive();
    const keys = new Set(alive.map(processKey));
    for (const seat of this.#seats.filter(({ entry }) => !keys.has(processKey(entry)))) {
      const successor = alive.find(
        (entry) => !this.#tried.has(processKey(entry)) && trade(entry) === trade(seat.entry),
      );
      if (successor && (await this.#attachTo(successor)) === undefined) await this.#leave(seat);
    }
  }

  async #attachToOthers(): Promise<readonly Gap[]> {
    const { clock } = this.#options;
    const untilMs = clock.monotonic() + attachAllWithinMs;
    const gaps: Gap[] = [];
    const others = this.#alive().filter(
      (entry) => !this.#tried.has(processKey(entry)) && this.#isNode(entry),
    );
    for (const entry of others) {
      if (this.#seats.length >= mostProcesses || clock.monotonic() >= untilMs) {
        const left = others.length - others.indexOf(entry);
        return [...gaps, { what: `node inspector of ${left} more processes`, why: limitText }];
      }
      const refused = await this.#attachTo(entry);
      if (refused) gaps.push(refused);
    }
    return gaps;
  }

  /** @returns why there is no look into it */
  async #attachTo(entry: ProcessEntry): Promise<Gap | undefined> {
    const { target, procRoot, clock, into, trace } = this.#options;
    const { pid } = entry;
    this.#tried.add(processKey(entry));
    const executable = valueOf(readExecutable(procRoot, pid));
    const status = valueOf(readStatus(procRoot, pid));
    if (executable === undefined || status === undefined)
      return { what: `/proc/${pid}/exe`, why: "not readable", pid };
    const listeners = listeningPorts(target, pid);
    const catchesSigusr1 = catchesSignal(status, sigusr1);
    const attached = await attachNode({ pid, executable, catchesSigusr1, listeners, clock, trace });
    if (!("sample" in attached)) return withItsWords(attached, target);
    this.#seats.push({ entry, probe: attached });
    into.push(attached);
    return undefined;
  }

  async #leave(seat: Seat): Promise<void> {
    const { into } = this.#options;
    this.#seats.splice(this.#seats.indexOf(seat), 1);
    into.splice(into.indexOf(seat.probe), 1);
    await seat.probe.close();
  }

  #alive(): readonly ProcessEntry[] {
    const { processes } = this.#options.target.sample({ fds: false, memory: false, sockets: false });
    return processes.filter((entry) => !isZombie(entry));
  }

  /** One that only just started does not catch the signal yet; it is tried at the next point. */
  #isNode({ pid }: ProcessEntry): boolean {
    const { procRoot } = this.#options;
    const executable = valueOf(readExecutable(procRoot, pid));
    const status = valueOf(readStatus(procRoot, pid));
    return (
      executable !== undefined &&
      isNodeProgram(executable) &&
      status !== undefined &&
      catchesSignal(status, sigusr1)
    );
  }
}

const limitText = `at most ${mostProcesses} are looked into, within ${attachAllWithinMs / 1000} s`;

/** A port that is taken is said on the target's own stderr. */
function withItsWords(gap: Gap, { logs }: Pick<Target, "logs">): Gap {
  const words = logs.tail(20).findLast((line) => /^Starting inspector on .* failed: /.test(line));
  return words === undefined ? gap : { ...gap, why: `${gap.why} It printed: ${words}` };
}
