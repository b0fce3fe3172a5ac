import type { Flow } from "../model/scenario.js";

/** Whose turn it is in the tail: the suspects in every round, and of the others one a round; all, where none is. */
export class Turns {
  readonly #suspects: readonly Flow[];
  readonly #others: readonly Flow[];
  #taken = 0;

  /** @param suspects names of flows, or `FLOW FACTOR=LEVEL` for all variants of that level */
  constructor(flows: readonly Flow[], suspects: readonly string[]) {
    const names = new Set(suspects);
    const running = flows.filter(({ weight }) => weight > 0);
    const accused = running.filter((flow) => isAmong(names, flow));
    this.#suspects = accused.length === 0 ? running : accused;
    this.#others = running.filter((flow) => !this.#suspects.includes(flow));
  }

  /** Undefined where no flow ever runs. */
  next(): Flow | undefined {
    const turn = this.#taken % this.#roundLength;
    const round = this.rounds;
    this.#taken++;
    return this.#suspects[turn] ?? this.#others[round % this.#others.length];
  }

  /** Whole ones that are over: each suspect has had so many turns. */
  get rounds(): number {
    return Math.floor(this.#taken / this.#roundLength);
  }

  get #roundLength(): number {
    return Math.max(1, this.#suspects.length + Math.min(1, this.#others.length));
  }
}

function isAmong(names: ReadonlySet<string>, { name, variant }: Flow): boolean {
  const levels = Object.entries(variant?.levels ?? {});
  return names.has(name) || levels.some(([factor, level]) => names.has(`${variant?.of} ${factor}=${level}`));
}
