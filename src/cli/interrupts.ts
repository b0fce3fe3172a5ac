import type { Host } from "./host.js";

/** Exit codes by the shell's convention: 128 + the signal's number. */
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Interrupt = keyof typeof codes;
const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first interrupt asks for an orderly end, the second leaves at once. */
export class Interrupts {
  readonly #host: Host;
  readonly #asked = new AbortController();
  readonly #onFirst: () => void;
  readonly #leaving: string;
  #first: Interrupt | undefined;
  #onLeave: () => void = () => undefined;
  readonly #handlers: Readonly<Record<Interrupt, () => void>> = {
    SIGINT: () => this.handle("SIGINT"),
    SIGTERM: () => this.handle("SIGTERM"),
    SIGHUP: () => this.handle("SIGHUP"),
  };

  /** @param leaving what the second one does to the target */
  constructor(host: Host, onFirst: () => void, leaving = "the target is being killed") {
    this.#host = host;
    this.#onFirst = onFirst;
    this.#leaving = leaving;
    for (const name of names) host.on(name, this.#handlers[name]);
  }

  /** Aborted by the first one. */
  get asked(): AbortSignal {
    return this.#asked.signal;
  }

  /** What to exit with, once interrupted. */
  get exitCode(): number | undefined {
    return this.#first && codes[this.#first];
  }

  /** An orderly end that is no interrupt: the exit code stays that of the verdicts. An interrupt after it leaves at once. */
  end(): void {
    this.#asked.abort();
  }

  /** Called before the last word of a tool that leaves at once. */
  onLeave(clear: () => void): void {
    this.#onLeave = clear;
  }

  release(): void {
    for (const name of names) this.#host.off(name, this.#handlers[name]);
  }

  /** Called by the signal, or by the key of a terminal that sends none. */
  handle(name: Interrupt): void {
    if (this.#asked.signal.aborted) {
      this.#onLeave();
      this.#host.stderr.write(`\nwatertight: stopped at once; ${this.#leaving}\n`);
      // The keeper sees the pipe close and ends whatever is left of a target that was started.
      this.#host.exit(codes[this.#first ?? name]);
      return;
    }
    this.#first = name;
    this.#onFirst();
    this.#asked.abort();
  }
}
