import { valueOf } from "../model/reading.js";
import { readSnmp } from "../proc/snmp.js";
import type { Target } from "../target/target.js";
import { listenerOf } from "./listener.js";

interface AcceptedOptions {
  readonly target: Pick<Target, "sample" | "pid">;
  readonly port: number;
  readonly procRoot: string;
}

/** Counts the connections that are accepted in the target's network namespace, by whoever listens there. */
export class Accepted {
  readonly #options: AcceptedOptions;
  readonly #listener: ReturnType<typeof listenerOf>;
  #last: number | undefined;

  constructor(options: AcceptedOptions) {
    this.#options = options;
    this.#listener = listenerOf(options.target, options);
    this.#last = this.#now();
  }

  /** Since the last time; undefined = not readable. */
  more(): number | undefined {
    const before = this.#last;
    this.#last = this.#now();
    return before === undefined || this.#last === undefined ? undefined : Math.max(0, this.#last - before);
  }

  #now(): number | undefined {
    const { target, procRoot } = this.#options;
    return valueOf(readSnmp(procRoot, this.#listener()?.pid ?? target.pid))?.tcpPassiveOpens;
  }
}
