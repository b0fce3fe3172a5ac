import type { RunView } from "../judge/run-view.js";
import type { Leftover } from "../model/leftover.js";
import { type FdEntry, type ProcessEntry, type PtyHold, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Attribution } from "./attribute.js";
import type { Born } from "./births.js";
import type { Census } from "./census.js";
import { type OtherEnds, otherEndsIn } from "./ends.js";
import type { Owners } from "./owners.js";
import { type Ports, portsOf } from "./ports.js";

export interface Known {
  readonly view: RunView;
  readonly census: Census;
  readonly owners: Owners;
}

/** One look at what was left, with whatever ties it together. */
export class Scene {
  readonly #census: Census;
  readonly #owners: Owners;
  readonly #holders: ReadonlyMap<string, ProcessEntry>;
  readonly #portOf: Ports;
  readonly #otherEnds: OtherEnds;

  constructor({ view, census, owners, look }: Known & { readonly look: Snapshot | undefined }) {
    this.#census = census;
    this.#owners = owners;
    this.#holders = new Map(look?.processes.map((entry) => [processKey(entry), entry]));
    this.#portOf = look ? portsOf(view, look) : () => undefined;
    this.#otherEnds = look ? otherEndsIn(look, (key) => census.has(key), view.baseline.at(-1)) : () => [];
  }

  attributionOf(leftover: Leftover, born: Born): Attribution | undefined {
    const found = this.#find(leftover, born);
    return found && born.isAfterStartOf(found.operation) ? found : undefined;
  }

  /** Of a process of which nothing but its mark is known any more. */
  markOf(entry: ProcessEntry): Attribution | undefined {
    const found = this.#owners.of(processKey(entry));
    return found?.sureness === "certain" ? found : undefined;
  }

  /** Fds that are one thing with this one: what holds the other end. */
  otherEnds(entry: FdEntry): readonly ProcessEntry[] {
    return this.#otherEnds(entry).map(({ holder }) => holder);
  }

  /** The fd by which a PTY is held. */
  fdOf({ holder, fd }: PtyHold): Held | undefined {
    const by = this.#holders.get(processKey(holder));
    const entry = by?.fds?.find((entry) => entry.fd === fd);
    return by && entry && { holder: by, entry };
  }

  #find(leftover: Leftover, born: Born): Attribution | undefined {
    if (leftover.kind === "fd") return this.#ofFd(leftover, born);
    if (leftover.kind !== "pty") return this.#owners.of(processKey(leftover.entry));
    const held = this.fdOf(leftover.hold);
    return held && this.#ofFd(held, born);
  }

  /** Its own mark is surer than who holds it, and that is surer than what it is tied to. */
  #ofFd({ holder, entry }: Held, born: Born): Attribution | undefined {
    const marked = this.#portOf(holder, entry, born);
    if (marked?.sureness === "certain") return marked;
    if (this.#census.has(processKey(holder))) return this.#heldBy(holder) ?? marked;
    return surest([...(marked ? [marked] : []), ...this.#tiedTo(entry)]);
  }

  #heldBy(holder: ProcessEntry): Attribution | undefined {
    const found = this.#owners.passedOn(processKey(holder));
    return found && { ...found, because: `pid ${holder.pid} holds it; ${found.because}` };
  }

  #tiedTo(entry: FdEntry): Attribution[] {
    return this.#otherEnds(entry).flatMap(({ holder, how, isSure }) => {
      const found = this.#owners.passedOn(processKey(holder));
      if (!found) return [];
      const sureness = isSure ? found.sureness : "likely";
      return [{ ...found, sureness, because: `${how}; ${found.because}` }];
    });
  }
}

interface Held {
  readonly holder: ProcessEntry;
  readonly entry: FdEntry;
}

/** The certain ones count where there are any. Of two operations it is neither. */
function surest(found: readonly Attribution[]): Attribution | undefined {
  const certain = found.filter(({ sureness }) => sureness === "certain");
  const [one, ...others] = certain.length > 0 ? certain : found;
  return others.every(({ operation }) => operation === one?.operation) ? one : undefined;
}
