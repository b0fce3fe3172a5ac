import type { Clock } from "../model/clock.js";
import { messageOf } from "../model/problem.js";
import type { Gap } from "../model/reading.js";
import type { ProbeSample } from "../model/snapshot.js";
import { countsByType, type Goroutines, originsOf } from "./goroutines.js";
import type { HeapProfile } from "./heap-profile.js";
import { within } from "./limit.js";
import { PprofClient } from "./pprof-client.js";
import { defaultLimitMs, type Probe, type SampleOptions } from "./probe.js";

/** Past this many, who started them is asked only where it is wanted: all stand still while it is told. */
const manyGoroutines = 10_000;
const looks = 3;
const betweenLooksMs = 20;
/** After so many samples without goroutines, one after the other, no more is asked: each may take its whole limit. */
const patience = 3;

export interface AttachGo {
  /** Where pprof is, with a slash at the end: `http://127.0.0.1:6060/debug/pprof/`. */
  readonly endpoint: string;
  /** The process that answers there now; undefined = not known. */
  readonly owner: () => number | undefined;
  readonly clock: Clock;
  /** How long one sample may take. */
  readonly limitMs?: number | undefined;
}

/**
 * Looks inside a Go program through net/http/pprof: goroutines by where they were started, and live memory after a forced
 * collection. Cost to the target (Go 1.26, 2 cores): nothing until it is asked. Per sample two or three connections,
 * one after the other; all goroutines stand still while they are told, 4 µs each, into a buffer of 1 MB or more that is
 * garbage afterwards; past 10,000 of them they are only counted by stack, 2 µs each; a collection. Its own goroutines
 * are not counted. A gap where the endpoint gives no profile.
 */
export async function attachGo(options: AttachGo): Promise<Probe | Gap> {
  const { endpoint, clock, limitMs = defaultLimitMs } = options;
  const client = new PprofClient(endpoint);
  try {
    await within({ clock, ms: limitMs }, (signal) => client.profile(signal));
  } catch (error) {
    return { what: `pprof at ${endpoint}`, why: messageOf(error) };
  }
  const hasVars = await within({ clock, ms: limitMs }, (signal) => client.vars(signal)).then(
    () => true,
    () => false,
  );
  return new GoProbe(options, client, hasVars);
}

interface Budget {
  readonly signal: AbortSignal;
  readonly untilMs: number;
  readonly gaps: Gap[];
}

class GoProbe implements Probe {
  readonly name = "go";
  readonly cost = "goroutines told by pprof, at 4 µs each, and a collection";
  readonly connects = true;
  readonly #options: AttachGo;
  readonly #client: PprofClient;
  readonly #hasVars: boolean;
  #total = Number.POSITIVE_INFINITY;
  #lost = 0;

  constructor(options: AttachGo, client: PprofClient, hasVars: boolean) {
    this.#options = options;
    this.#client = client;
    this.#hasVars = hasVars;
  }

  async sample({ collect, origins, signal }: SampleOptions): Promise<ProbeSample> {
    const { clock, owner, limitMs = defaultLimitMs } = this.#options;
    const pid = owner();
    const budget: Budget = { signal, untilMs: clock.now() + limitMs, gaps: [] };
    if (this.#lost >= patience) return { probe: this.name, pid, gaps: [this.#gap(lostForGood)] };
    const goroutines = await this.#part(budget, (over) => this.#goroutines(origins === true, over, budget));
    this.#lost = goroutines || signal.aborted ? 0 : this.#lost + 1;
    const heap = await this.#part(budget, (over) => this.#client.heap(collect, over));
    const values = this.#hasVars ? await this.#part(budget, (over) => this.#client.vars(over)) : undefined;
    return {
      probe: this.name,
      pid,
      ...(goroutines && { tasks: goroutines.total, tasksByType: countsByType(goroutines) }),
      ...(heap && { liveBytes: heap.liveBytes, collected: collect }),
      ...(values && { values }),
      ...(origins === true && { origins: allOrigins(goroutines, heap) }),
      gaps: budget.gaps,
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What a part of the sample gives, in what is left of the time; a gap where it gives nothing. */
  async #part<T>(budget: Budget, ask: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const { clock } = this.#options;
    const ms = Math.max(1, budget.untilMs - clock.now());
    try {
      return await within({ clock, ms, signal: budget.signal }, ask);
    } catch (error) {
      budget.gaps.push(this.#gap(messageOf(error)));
      return undefined;
    }
  }

  /** Looks again while there are more than last time: what only passes by is not in all looks. */
  async #goroutines(origins: boolean, signal: AbortSignal, budget: Budget): Promise<Goroutines> {
    const before = this.#total;
    let lowest = await this.#look(origins, signal, budget);
    for (let look = 1; look < looks && lowest.total > before && lowest.total <= manyGoroutines; look++) {
      await this.#options.clock.sleep(betweenLooksMs, signal);
      if (signal.aborted) break;
      const next = await this.#look(origins, signal, budget);
      if (next.total < lowest.total) lowest = next;
    }
    this.#total = lowest.total;
    return lowest;
  }

  async #look(origins: boolean, signal: AbortSignal, { gaps }: Budget): Promise<Goroutines> {
    const counted = this.#total <= manyGoroutines ? undefined : await this.#client.profile(signal);
    if (counted && counted.total > manyGoroutines && !origins) return counted;
    const { goroutines, isCut } = await this.#client.dump(signal);
    if (!isCut) return goroutines;
    const { total } = await this.#client.profile(signal);
    gaps.push(this.#gap(`who started them is told of only ${goroutines.total} of ${total} goroutines`));
    return { ...goroutines, total, ungrouped: total - sumOf(goroutines) };
  }

  #gap(why: string): Gap {
    const pid = this.#options.owner();
    return { what: `pprof at ${this.#options.endpoint}`, why, ...(pid === undefined ? {} : { pid }) };
  }
}

const lostForGood = `lost for good: no goroutines in ${patience} samples, one after the other`;

function sumOf({ groups }: Goroutines): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function allOrigins(goroutines: Goroutines | undefined, heap: HeapProfile | undefined) {
  return [...(goroutines ? originsOf(goroutines) : []), ...(heap?.origins ?? [])];
}
