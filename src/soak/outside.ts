import { valueOf } from "../model/reading.js";
import { processKey } from "../model/resource.js";
import { readSnmp } from "../proc/snmp.js";
import { readStat } from "../proc/stat.js";
import type { Target } from "../target/target.js";
import { listenerOf } from "./listener.js";

/** What the kernel saw of a load. */
export interface Seen {
  /** Connections accepted in the target's network namespace; undefined = not readable. */
  readonly connections: number | undefined;
  /** A process of the target's used the processor (to 10 ms), came or went. */
  readonly worked: boolean;
}

interface OutsideOptions {
  readonly target: Pick<Target, "sample" | "members" | "pid">;
  readonly port: number;
  readonly procRoot: string;
}

/** Looks at the target from outside before and after a load. */
export class Outside {
  readonly #options: OutsideOptions;
  readonly #listener: ReturnType<typeof listenerOf>;
  #accepted: number | undefined;
  #work = "";

  constructor(options: OutsideOptions) {
    this.#options = options;
    this.#listener = listenerOf(options.target, options);
  }

  begin(): void {
    this.#accepted = this.#acceptedNow();
    this.#work = this.#workNow();
  }

  /** Since `begin`. */
  end(): Seen {
    const [before, now] = [this.#accepted, this.#acceptedNow()];
    const connections = before === undefined || now === undefined ? undefined : Math.max(0, now - before);
    return { connections, worked: this.#workNow() !== this.#work };
  }

  #acceptedNow(): number | undefined {
    const { target, procRoot } = this.#options;
    const pid = this.#listener()?.pid ?? target.pid;
    return valueOf(readSnmp(procRoot, pid))?.tcpPassiveOpens;
  }

  #workNow(): string {
    const { target, procRoot } = this.#options;
    const stats = target.members().flatMap(({ pid }) => valueOf(readStat(procRoot, pid)) ?? []);
    return stats.map((stat) => `${processKey(stat)}:${stat.utimeTicks + stat.stimeTicks}`).join(" ");
  }
}
