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
  #first: Interrupt | undefined;
  readonly #handlers: Readonly<Record<Interrupt, () => void>> = {
    SIGINT: () => this.#handle("SIGINT"),
    SIGTERM: () => this.#handle("SIGTERM"),
    SIGHUP: () => this.#handle("SIGHUP"),
  };

  constructor(host: Host, onFirst: () => void) {
    this.#host = host;
    this.#onFirst = onFirst;
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

  release(): void {
    for (const name of names) this.#host.off(name, this.#handlers[name]);
  }

  #handle(name: Interrupt): void {
    if (this.#first !== undefined) {
      this.#host.stderr.write("\nwatertight: stopped at once; the target is being killed\n");
      // The keeper sees the pipe close and ends whatever is left of the target.
      this.#host.exit(codes[this.#first]);
      return;
    }
    this.#first = name;
    this.#onFirst();
    this.#asked.abort();
  }
}
