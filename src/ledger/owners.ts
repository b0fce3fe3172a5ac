import type { RunView } from "../judge/run-view.js";
import type { Operation } from "../model/operation.js";
import type { ProcessEntry } from "../model/resource.js";
import { aloneAmong } from "./alone.js";
import type { Attribution } from "./attribute.js";
import type { Census, Known } from "./census.js";
import { marksBelow, marksInGroups } from "./marks.js";

/** Ticks of a second in /proc/PID/stat: USER_HZ is 100 for every program on every Linux. */
const msPerTick = 10;

/** Whose doing a process is. */
export interface Owners {
  /** Of the process of this key. */
  readonly of: (key: string) => Attribution | undefined;
  /** The same, for what it holds: nothing comes of a process that serves the sessions of others. */
  readonly passedOn: (key: string) => Attribution | undefined;
}

/** By marks, by descent from what bears one, by when it started. */
export function ownersOf(view: RunView, census: Census): Owners {
  const operations = new Map(view.record.operations.map((operation) => [operation.id, operation]));
  const finder = new OwnerFinder({ census, operations, startedAlone: startedAlone(view) });
  return { of: (key) => finder.of(key), passedOn: (key) => finder.passedOn(key) };
}

interface Facts {
  readonly census: Census;
  readonly operations: ReadonlyMap<number, Operation>;
  readonly startedAlone: (entry: ProcessEntry) => Operation | undefined;
}

class OwnerFinder {
  readonly #facts: Facts;
  readonly #found = new Map<string, Attribution | undefined>();
  /** Operations whose marks the descendants of a process bear, by its key. */
  readonly #below: ReadonlyMap<string, ReadonlySet<number>>;
  /** Operations whose marks are borne in a group whose leader has gone. */
  readonly #inGroup: ReadonlyMap<number, ReadonlySet<number>>;

  constructor(facts: Facts) {
    this.#facts = facts;
    const marked = [...facts.census.values()].filter(({ mark }) => mark !== undefined);
    this.#below = marksBelow(facts.census, marked);
    this.#inGroup = marksInGroups(marked);
  }

  /** Elders first, with a stack of its own: recursion would be as deep as a chain of parents. */
  of(key: string): Attribution | undefined {
    if (this.#found.has(key)) return this.#found.get(key);
    const stack = [key];
    const open = new Set<string>();
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const known = this.#facts.census.get(top);
      const elders = open.has(top) ? [] : this.#undecided(known, open);
      open.add(top);
      if (elders.length > 0) {
        stack.push(...elders);
        continue;
      }
      if (!this.#found.has(top)) this.#found.set(top, known && this.#find(known));
      stack.pop();
    }
    return this.#found.get(key);
  }

  passedOn(key: string): Attribution | undefined {
    const found = this.of(key);
    if (!found || this.#facts.census.get(key)?.isServant) return undefined;
    const others = this.#below.get(key);
    const isShared = others !== undefined && [...others].some((id) => id !== found.operation.id);
    return isShared ? undefined : found;
  }

  /** Whose owners must be known before its own. */
  #undecided(known: Known | undefined, open: ReadonlySet<string>): string[] {
    if (!known || known.mark || known.isServant) return [];
    const { census } = this.#facts;
    return known.elders.filter((key) => census.has(key) && !this.#found.has(key) && !open.has(key));
  }

  #find(known: Known): Attribution | undefined {
    const marked = this.#byMark(known);
    if (marked !== undefined || known.isServant) return marked;
    const tied = this.#byDescent(known) ?? this.#byGroup(known);
    if (tied?.sureness === "certain") return tied;
    return agreed(this.#byStart(known), tied);
  }

  #byMark({ mark, first }: Known): Attribution | undefined {
    const operation = mark && this.#facts.operations.get(mark.operation);
    if (!operation) return undefined;
    const where = `its session id is in the ${mark.where} of pid ${first.pid}`;
    return { operation, sureness: "certain", because: where };
  }

  #byDescent({ elders, first }: Known): Attribution | undefined {
    const above = elders.flatMap((key) => {
      const found = this.#found.get(key) && this.passedOn(key);
      return found ? [{ found, elder: this.#facts.census.get(key)?.first }] : [];
    });
    const [one] = above;
    if (!one || above.some(({ found }) => found.operation !== one.found.operation)) return undefined;
    const { found, elder } = above.find(({ found }) => found.sureness === "certain") ?? one;
    const kin = elder?.pid === first.ppid ? "is a child" : "is of the session or group";
    return { ...found, because: `pid ${first.pid} ${kin} of pid ${elder?.pid}; ${found.because}` };
  }

  /** A group is given to no other process while one of its members lives, so its number is a mark of its own. */
  #byGroup({ groups, first }: Known): Attribution | undefined {
    for (const group of groups) {
      const [id, ...others] = this.#inGroup.get(group) ?? [];
      const operation = id === undefined ? undefined : this.#facts.operations.get(id);
      if (!operation || others.length > 0) continue;
      const because = `pid ${first.pid} is of process group ${group}, where only its session id is borne`;
      return { operation, sureness: "certain", because };
    }
    return undefined;
  }

  #byStart({ first }: Known): Attribution | undefined {
    const operation = this.#facts.startedAlone(first);
    return (
      operation && {
        operation,
        sureness: "likely",
        because: `pid ${first.pid} started while no other operation ran`,
      }
    );
  }
}

/** Two hints that contradict each other are none. */
function agreed(one: Attribution | undefined, other: Attribution | undefined): Attribution | undefined {
  if (!one || !other) return one ?? other;
  return one.operation === other.operation ? one : undefined;
}

function startedAlone({ record }: RunView): (entry: ProcessEntry) => Operation | undefined {
  const { bootMs } = record.run.system;
  if (bootMs === undefined) return () => undefined;
  const alone = aloneAmong(record.operations);
  return ({ startTicks }) => alone(bootMs + startTicks * msPerTick);
}
