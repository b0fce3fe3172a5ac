import type { Tally } from "../engine/said.js";
import type { Seen } from "./outside.js";

/**
 * A request takes a server some microseconds at the least, if only to read and to write: so many cannot go by in less
 * than the 10 ms in which the kernel counts.
 */
const mostUnseen = 2000;

/** Holds what an engine says against what the kernel saw. */
export class Claims {
  #unseen = 0;

  /** Why the load did not land, whatever the engine says; undefined = nothing speaks against it. */
  against({ landed }: Tally, { connections, worked }: Seen): string | undefined {
    this.#unseen = worked ? 0 : this.#unseen + landed;
    if (worked || landed === 0) return undefined;
    // Connections that are kept explain that there are few, but each batch opens its own.
    if (connections === 0) return "the target accepted no connection and used no processor time";
    return this.#unseen >= mostUnseen ? "the target used no processor time" : undefined;
  }
}
