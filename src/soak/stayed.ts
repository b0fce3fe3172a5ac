import { fdKey, isZombie, processKey, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";

/** Of memory no snapshot tells which operation it is from. */
type Kind = Exclude<CriterionId, "memory">;

/** After how many operations of the tail something came that stayed, for each criterion. */
export class Stayed {
  readonly #kinds: readonly Kind[];
  /** For each kind what is there, and after which snapshot it has been. */
  readonly #since = new Map<Kind, Map<string, number>>();
  readonly #tasks: number[] = [];
  #holders: ReadonlySet<string> | undefined;
  #snapshots = 0;

  constructor(criteria: readonly CriterionId[]) {
    this.#kinds = criteria.filter((id) => id !== "memory");
  }

  /** False where there is nothing that could be seen to stay. */
  get canTell(): boolean {
    return this.#kinds.length > 0;
  }

  /** The first is of before any operation, then there is one after each. */
  add(snapshot: Snapshot): void {
    this.#holders ??= new Set(snapshot.processes.map(processKey));
    this.#tasks.push(tasksOf(snapshot));
    for (const kind of this.#kinds) {
      const before = this.#since.get(kind);
      const keys = keysOf[kind](snapshot, this.#holders);
      this.#since.set(kind, new Map(keys.map((key) => [key, before?.get(key) ?? this.#snapshots])));
    }
    this.#snapshots++;
  }

  /** The fewest operations of any criterion. */
  get fewest(): number {
    return Math.min(
      ...this.#kinds.map((kind) => (kind === "tasks" ? rises(this.#tasks) : this.#births(kind))),
    );
  }

  #births(kind: Kind): number {
    const births = new Set(this.#since.get(kind)?.values());
    births.delete(0);
    return births.size;
  }
}

/** By the first kind of probe that counts them. */
function tasksOf({ probes }: Snapshot): number {
  const first = probes.find(({ tasks }) => tasks !== undefined);
  const alike = probes.filter(({ probe }) => probe === first?.probe);
  return alike.reduce((sum, { tasks = 0 }) => sum + tasks, 0);
}

/** Points from which on a level has stayed above that before them. */
function rises(levels: readonly number[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  let found = 0;
  for (const level of levels.toReversed()) {
    if (level < lowest && lowest !== Number.POSITIVE_INFINITY) found++;
    lowest = Math.min(lowest, level);
  }
  return found;
}

/** What is held, by identity; tasks have none. */
const keysOf: Readonly<Record<Kind, (snapshot: Snapshot, holders: ReadonlySet<string>) => string[]>> = {
  tasks: () => [],
  processes: ({ processes }) => processes.filter((entry) => !isZombie(entry)).map(processKey),
  zombies: ({ processes }) => processes.filter(isZombie).map(processKey),
  ptys: ({ processes }) =>
    ptyHolds(processes).map(({ ptsNumber, holder, fd }) => `${ptsNumber} ${processKey(holder)} ${fd}`),
  // Of those that were there before: the fds of a process that an operation started come and go with it.
  fds: ({ processes }, holders) =>
    processes
      .filter((entry) => holders.has(processKey(entry)))
      .flatMap((holder) => (holder.fds ?? []).map((entry) => fdKey(holder, entry))),
};
